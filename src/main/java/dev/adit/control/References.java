package dev.adit.control;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.routing.Hostname;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How the own Ingresses hang together: by the hosts they share, and by the objects they refer to. What changes in one
 * cannot concern another with which it shares no host, directly or through others.
 */
public final class References {
    // Beyond this, all of them are translated with less ado.
    private static final int MOST = 200;

    private final Map<ObjectKey, References.Of> ingresses = new HashMap<>();
    private final Map<Hostname, Set<ObjectKey>> byHost = new HashMap<>();
    private final Map<ObjectKey, Set<ObjectKey>> byService = new HashMap<>();
    private final Map<ObjectKey, Set<ObjectKey>> bySecret = new HashMap<>();
    // Of those whose certificates may be for any name.
    private int anyNames;

    /**
     * What one Ingress concerns.
     *
     * @param wildcards those among its hosts that it lists in {@code spec.tls}, which concern every name under them
     * @param takesAnyName whether it has a certificate for whatever names that is for
     * @param isGeneral whether it may concern requests to any host
     */
    public record Of(
            Set<Hostname> hosts,
            Set<Wildcard> wildcards,
            Set<ObjectKey> services,
            Set<ObjectKey> secrets,
            boolean takesAnyName,
            boolean isGeneral) {
        /** A claim to the certificate of a wildcard, and its age. */
        public record Wildcard(Hostname host, Instant since) {}

        /** By what it says. */
        public static Of ingress(Ingress ingress) {
            var hosts = new HashSet<Hostname>();
            var wildcards = new HashSet<Wildcard>(1);
            ingress.rules().forEach(rule -> Hostname.parse(rule.host()).ifPresent(hosts::add));
            ingress.tls().stream()
                    .flatMap(tls -> tls.hosts().stream())
                    .flatMap(host -> Hostname.parse(host).stream())
                    .forEach(host -> {
                        hosts.add(host);
                        if (host instanceof Hostname.Wildcard) {
                            wildcards.add(new Wildcard(host, ingress.createdAt()));
                        }
                    });
            var takesAnyName =
                    ingress.tls().stream().anyMatch(tls -> tls.hosts().isEmpty());
            var general =
                    ingress.defaultBackend().isPresent() || ingress.rules().isEmpty();
            return new Of(hosts, wildcards, ingress.services(), ingress.secrets(), takesAnyName, general);
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
                    union(services, other.services),
                    union(secrets, other.secrets),
                    takesAnyName || other.takesAnyName,
                    isGeneral || other.isGeneral);
        }

        private static <T> Set<T> union(Set<T> one, Set<T> two) {
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
    }

    /**
     * Forgets everything, and begins with these.
     *
     * @param own as they are served
     * @param now one of them as it is, which may be another where that has a fault
     */
    public void reset(Collection<Ingress> own, UnaryOperator<Ingress> now) {
        ingresses.clear();
        byHost.clear();
        byService.clear();
        bySecret.clear();
        anyNames = 0;
        own.forEach(ingress -> add(ingress.key(), of(ingress, now.apply(ingress))));
    }

    /**
     * What changes concern; empty where that is everything, or too much.
     *
     * @param now an Ingress as it is, if it is ours
     */
    public Optional<Component> component(Changes.Named changes, Function<ObjectKey, Optional<Ingress>> now) {
        if (anyNames > 0) {
            return Optional.empty();
        }
        var waiting = new ArrayDeque<>(changes.of(Ingress.KIND).toList());
        changes.of(Service.KIND).forEach(key -> waiting.addAll(byService.getOrDefault(key, Set.of())));
        changes.of(Secret.KIND).forEach(key -> waiting.addAll(bySecret.getOrDefault(key, Set.of())));
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
            var after = ingress.map(Of::ingress);
            var links = Stream.concat(before.stream(), after.stream()).toList();
            if (!wildcards(before).equals(wildcards(after))
                    || links.stream().anyMatch(of -> of.isGeneral() || of.takesAnyName())
                    || found.size() + gone.size() > MOST) {
                return Optional.empty();
            }
            for (var host : links.stream().flatMap(of -> of.hosts().stream()).toList()) {
                if (hosts.add(host)) {
                    waiting.addAll(byHost.getOrDefault(host, Set.of()));
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
                    found.put(wildcard, byHost.getOrDefault(wildcard, Set.of()));
                }
            }
        }
        return found;
    }

    /**
     * Takes note of what a component is now.
     *
     * @param served its Ingresses as they are served
     */
    public void update(Component component, Collection<Ingress> served) {
        component.gone().forEach(this::remove);
        for (var ingress : served) {
            var key = ingress.key();
            if (!component.contains(key)) {
                continue;
            }
            remove(key);
            add(key, of(ingress, component.ingresses().getOrDefault(key, ingress)));
        }
    }

    private static Of of(Ingress served, Ingress now) {
        var links = Of.ingress(served);
        return now.equals(served) ? links : links.and(Of.ingress(now));
    }

    private void add(ObjectKey key, Of links) {
        ingresses.put(key, links);
        anyNames += links.takesAnyName() ? 1 : 0;
        links.hosts()
                .forEach(host ->
                        byHost.computeIfAbsent(host, _ -> new HashSet<>(2)).add(key));
        links.services()
                .forEach(
                        s -> byService.computeIfAbsent(s, _ -> new HashSet<>(2)).add(key));
        links.secrets()
                .forEach(s -> bySecret.computeIfAbsent(s, _ -> new HashSet<>(2)).add(key));
    }

    private void remove(ObjectKey key) {
        var links = ingresses.remove(key);
        if (links != null) {
            anyNames -= links.takesAnyName() ? 1 : 0;
            links.hosts().forEach(host -> remove(byHost, host, key));
            links.services().forEach(service -> remove(byService, service, key));
            links.secrets().forEach(secret -> remove(bySecret, secret, key));
        }
    }

    private static <K> void remove(Map<K, Set<ObjectKey>> map, K from, ObjectKey key) {
        map.computeIfPresent(from, (_, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
        });
    }
}
