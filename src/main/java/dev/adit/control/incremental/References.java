package dev.adit.control.incremental;

import dev.adit.collection.Multimap;
import dev.adit.control.Delta;
import dev.adit.kube.Ingress;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Problem;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.Translation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the own Ingresses hang together: by the hosts they share, and by the objects they refer to. What changes in one
 * cannot concern another with which it shares no host, directly or through others.
 */
public final class References {
    /** How many are translated by themselves: beyond this, all of them are with less ado. */
    static final int MOST = 200;

    private final Map<ObjectKey, References.Of> ingresses = new HashMap<>();
    private final Multimap<Hostname, ObjectKey> byHost = new Multimap<>(HashMap::new);
    // Its keys are asked for by others than the control thread, too: none is missing for a moment while it is changed.
    private volatile Multimap<ObjectRef, ObjectKey> byObject = new Multimap<>(ConcurrentHashMap::new);
    private volatile Set<ObjectRef> general = Set.of();
    // Hosts whose owner all objects together say.
    private Set<String> names = Set.of();
    // Of those whose certificates may be for any name.
    private int anyNames;

    /**
     * What one Ingress concerns.
     *
     * @param wildcards those among its hosts that it lists in {@code spec.tls}, which concern every name under them
     * @param objects what was looked at to translate it
     * @param takesAnyName whether it has a certificate for whatever names that is for
     * @param isGeneral whether it may concern requests to any host
     */
    public record Of(
            Set<Hostname> hosts,
            Set<Wildcard> wildcards,
            Set<ObjectRef> objects,
            boolean takesAnyName,
            boolean isGeneral) {
        /** A claim to the certificate of a wildcard, and its age. */
        public record Wildcard(Hostname host, Instant since) {}

        /** By what it says. */
        static Of ingress(Ingress ingress, Set<ObjectRef> objects) {
            var hosts = new HashSet<Hostname>();
            var wildcards = new HashSet<Wildcard>();
            IngressHosts.ofRules(ingress).forEach(hosts::add);
            hosts.addAll(IngressHosts.beside(ingress));
            var takesAnyName = false;
            for (var tls : ingress.tls()) {
                takesAnyName |= tls.hosts().isEmpty();
                for (var text : tls.hosts()) {
                    var host = Hostname.parse(text).orElse(null);
                    if (host != null) {
                        hosts.add(host);
                    }
                    if (host instanceof Hostname.Wildcard) {
                        wildcards.add(new Wildcard(host, ingress.createdAt()));
                    }
                }
            }
            var general =
                    ingress.defaultBackend().isPresent() || ingress.rules().isEmpty();
            return new Of(Set.copyOf(hosts), Set.copyOf(wildcards), Set.copyOf(objects), takesAnyName, general);
        }

        /** Whether it claims a certificate for this wildcard. */
        public boolean lists(Hostname wildcard) {
            return wildcards.stream().anyMatch(claim -> claim.host().equals(wildcard));
        }

        /** What both of them concern. */
        Of and(Of other) {
            return new Of(
                    union(hosts, other.hosts),
                    union(wildcards, other.wildcards),
                    union(objects, other.objects),
                    takesAnyName || other.takesAnyName,
                    isGeneral || other.isGeneral);
        }

        private static <T> Set<T> union(Set<T> one, Set<T> two) {
            if (one.containsAll(two)) {
                return one;
            }
            var all = new HashSet<>(one);
            all.addAll(two);
            return all;
        }
    }

    /**
     * What has to be translated anew, with nothing outside of it concerned.
     *
     * @param ingresses as they are now
     * @param gone the keys of those that are not there any more, or not ours
     * @param hosts of all of them, before and now
     */
    public record Component(Map<ObjectKey, Ingress> ingresses, Set<ObjectKey> gone, Set<Hostname> hosts) {
        /** Of all of them. */
        Set<ObjectKey> keys() {
            var keys = new HashSet<>(ingresses.keySet());
            keys.addAll(gone);
            return keys;
        }

        /** Whether it is one of them. */
        public boolean contains(ObjectKey key) {
            return ingresses.containsKey(key) || gone.contains(key);
        }

        /** A translation after this part of it has been translated again. */
        Delta replacing(Translation before, Translation part) {
            var table = before.table();
            var fresh = part.table();
            var changed = table.hosts().changesTo(fresh.hosts(), hosts);
            var certificates = table.certificates().changesTo(fresh.certificates(), hosts);
            var same = changed.isEmpty() && certificates.isEmpty();
            var now = same
                    ? table
                    : new RoutingTable(
                            table.hosts().with(changed), table.certificates().with(certificates), table.ports());
            var upstreams = part.endpoints().endpoints().toMap();
            var own = before.ingresses().with(before.ingresses().changesTo(part.ingresses(), keys()));
            var refs = keys().stream().map(Ingress.KIND::ref).collect(Collectors.toSet());
            var statuses = before.statuses().with(before.statuses().changesTo(part.statuses(), refs));
            var whole = new Translation(
                    now,
                    before.endpoints().with(upstreams),
                    own,
                    before.defaultRoute(),
                    statuses,
                    problems(before, part));
            return new Delta(whole, changed, Map.of(), !same, upstreams.keySet());
        }

        private List<Problem> problems(Translation before, Translation part) {
            var others = before.problemsBeside(
                    part, problem -> problem.kind().equals(Ingress.KIND.name()) && contains(problem.object()));
            return Stream.concat(others, part.problems().stream()).toList();
        }
    }

    /**
     * Forgets everything, and begins with these.
     *
     * @param own as they are served
     * @param now one of them as it is, which may be another where that has a fault
     * @param looks what each of them was translated by
     */
    void reset(Collection<Ingress> own, UnaryOperator<Ingress> now, Looks looks) {
        ingresses.clear();
        byHost.clear();
        anyNames = 0;
        var fresh = new Multimap<ObjectRef, ObjectKey>(ConcurrentHashMap::new);
        own.forEach(ingress -> put(fresh, ingress.key(), of(ingress, now.apply(ingress), looks.of(ingress.ref()))));
        general = Set.copyOf(looks.general());
        names = Set.copyOf(looks.names());
        byObject = fresh;
    }

    /** Takes note of what all objects together depend on, in addition to what is known. */
    void add(Looks looks) {
        general = Of.union(general, looks.general());
        names = Of.union(names, looks.names());
    }

    /** Whether anything depends on one of these but what is attached to listeners. */
    boolean depend(Collection<ObjectRef> objects) {
        return objects.stream()
                .anyMatch(object ->
                        object.kind() == Ingress.KIND || general.contains(object) || byObject.containsKey(object));
    }

    /** Whether an Ingress may have a say in whose a host of a Gateway is, or which certificate it has. */
    boolean concern(Hostname host) {
        return anyNames > 0
                || switch (host) {
                    case Hostname.Any _ -> !ingresses.isEmpty();
                    case Hostname.Subdomains(var suffix) -> byHost.containsKey(new Hostname.Wildcard(suffix));
                    case Hostname.Exact _, Hostname.Wildcard _ -> byHost.containsKey(host);
                };
    }

    /** All objects that something depends on, whether they exist or not; any thread may ask. */
    Stream<ObjectRef> objects() {
        return Stream.concat(general.stream(), byObject.keys().stream()).distinct();
    }

    /**
     * What changes concern; empty where that is everything, or too much.
     *
     * @param now an Ingress as it is, if it is ours
     */
    public Optional<Component> component(Changes.Named changes, Function<ObjectKey, Optional<Ingress>> now) {
        if (anyNames > 0 || changes.objects().stream().anyMatch(general::contains)) {
            return Optional.empty();
        }
        var waiting = new ArrayDeque<>(changes.of(Ingress.KIND).toList());
        changes.objects().forEach(object -> waiting.addAll(byObject.get(object)));
        var found = new LinkedHashMap<ObjectKey, Ingress>();
        var gone = new HashSet<ObjectKey>();
        var hosts = new HashSet<Hostname>();
        while (!waiting.isEmpty()) {
            var key = waiting.poll();
            if (found.containsKey(key) || gone.contains(key)) {
                continue;
            }
            var ingress = now.apply(key);
            ingress.ifPresentOrElse(i -> found.put(key, i), () -> gone.add(key));
            var before = Optional.ofNullable(ingresses.get(key));
            var after = ingress.map(i -> Of.ingress(i, Set.of()));
            var links = Stream.concat(before.stream(), after.stream()).toList();
            if (!wildcards(before).equals(wildcards(after))
                    || links.stream().anyMatch(of -> of.isGeneral() || of.takesAnyName())
                    || found.size() + gone.size() > MOST) {
                return Optional.empty();
            }
            for (var host : links.stream().flatMap(of -> of.hosts().stream()).toList()) {
                if (names.contains(Hostname.ofEitherWildcard(host).text())) {
                    return Optional.empty();
                }
                if (hosts.add(host)) {
                    waiting.addAll(byHost.get(host));
                }
            }
        }
        return Optional.of(new Component(found, gone, hosts));
    }

    /** What concerns every name under them. */
    private static Set<Of.Wildcard> wildcards(Optional<Of> of) {
        return of.map(Of::wildcards).orElse(Set.of());
    }

    /** The Ingresses outside of a component that name a wildcard for one of its hosts. */
    public Map<Hostname, Set<ObjectKey>> wildcardsOver(Component component) {
        var found = new HashMap<Hostname, Set<ObjectKey>>();
        for (var host : component.hosts()) {
            if (host instanceof Hostname.Exact(var name)) {
                var wildcard = new Hostname.Wildcard(Hostname.wildcardSuffix(name));
                if (!component.hosts().contains(wildcard) && byHost.containsKey(wildcard)) {
                    found.put(wildcard, byHost.get(wildcard));
                }
            }
        }
        return found;
    }

    /**
     * Takes note of what a component is now.
     *
     * @param served its Ingresses as they are served
     * @param looks what each of them was translated by
     */
    void update(Component component, Collection<Ingress> served, Looks looks) {
        component.gone().forEach(this::remove);
        for (var ingress : served) {
            var key = ingress.key();
            if (!component.contains(key)) {
                continue;
            }
            var links = of(ingress, component.ingresses().getOrDefault(key, ingress), looks.of(ingress.ref()));
            put(byObject, key, links);
        }
    }

    private static Of of(Ingress served, Ingress now, Set<ObjectRef> objects) {
        var links = Of.ingress(served, objects);
        // Mostly they are the same object, and all of a record takes a native image long to compare.
        return java.util.Objects.equals(now, served) ? links : links.and(Of.ingress(now, objects));
    }

    private void put(Multimap<ObjectRef, ObjectKey> objects, ObjectKey key, Of links) {
        links.objects().forEach(object -> objects.put(object, key));
        var before = ingresses.put(key, links);
        if (before != null) {
            forget(objects, key, before, links.objects());
        }
        anyNames += links.takesAnyName() ? 1 : 0;
        links.hosts().forEach(host -> byHost.put(host, key));
    }

    private void remove(ObjectKey key) {
        var before = ingresses.remove(key);
        if (before != null) {
            forget(byObject, key, before, Set.of());
        }
    }

    private void forget(Multimap<ObjectRef, ObjectKey> objects, ObjectKey key, Of before, Set<ObjectRef> kept) {
        anyNames -= before.takesAnyName() ? 1 : 0;
        before.hosts().forEach(host -> byHost.remove(host, key));
        before.objects().stream()
                .filter(object -> !kept.contains(object))
                .forEach(object -> objects.remove(object, key));
    }
}
