package dev.adit.translate.gateway;

import dev.adit.kube.GatewayRoute;
import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortTable;
import dev.adit.routing.PortUse;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.translate.SubjectNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The hosts of all listeners, by their ports. A listener owns the requests to its hostname, whether a route takes them or not. On a
 * port that Ingresses have too, a name is the older object's ({@link NameOwners}): the hostname of a listener is as old as its Gateway,
 * and one that only routes name as the oldest of these, if that is younger.
 */
final class PortTables {
    private final Listeners listeners;
    private final LocalPorts local;
    private final GatewayIdentities identities;
    private final Map<Integer, Map<Hostname, Entry>> ports = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private record Entry(Listener listener, List<GatewayRoute> objects, List<Route> routes) {
        private static final Route.Action NO_BACKEND_TLS = new Route.Action.Answer(503, "BackendTlsNotServed");

        static final Route.Action NO_ROUTE = new Route.Action.Answer(404, "NoRoute");

        Instant since(Hostname name) {
            var since = listener.since();
            return listener.host().equals(name) || objects.isEmpty()
                    ? since
                    : later(since, objects.getFirst().createdAt());
        }

        Host host(Hostname name) {
            return listener.isTunnel()
                    ? new Host(name, listener.owner().namespace(), List.of(), Optional.of(tunnel()), listener.host())
                    : new Host(name, listener.owner().namespace(), routes, Optional.empty(), listener.host());
        }

        /** That of the oldest route: of several for the same connections, one has them. */
        private Tunnel tunnel() {
            return routes.stream()
                    .findFirst()
                    .map(route -> new Tunnel(
                            route.action().each(listener.endsTls() ? Entry::inPlain : Entry::unread),
                            listener.endsTls(),
                            route.origin()))
                    .orElseGet(() -> new Tunnel(NO_ROUTE, listener.endsTls(), origin(listener)));
        }

        /** What is spoken in a tunnel is not ours: neither its protocol nor its TLS is of the route. */
        private static Route.Action unread(Route.Action single) {
            return single instanceof Route.Action.Forward(var upstream, var policy)
                    ? new Route.Action.Forward(
                            upstream, policy.with(UpstreamProtocol.HTTP1).with(EndpointTls.UNVERIFIED))
                    : single;
        }

        /** What comes out of TLS is not encrypted again: where a BackendTLSPolicy asks for that, the connection is closed. */
        private static Route.Action inPlain(Route.Action single) {
            return single instanceof Route.Action.Forward(var _, var policy)
                            && policy.tls().serverName().isPresent()
                    ? NO_BACKEND_TLS
                    : single;
        }

        /** Whether some connections for a route are closed because of a BackendTLSPolicy. */
        static boolean isClosedInPlain(Route route) {
            return !route.action().each(Entry::inPlain).equals(route.action());
        }

        static RouteOrigin origin(Listener listener) {
            var owner = listener.owner().object();
            return new RouteOrigin(
                    owner.kind().name(),
                    owner.key().namespace(),
                    owner.key().name(),
                    "spec.listeners[" + listener.spec().name() + "]");
        }

        private static Instant later(Instant one, Instant other) {
            return one.isBefore(other) ? other : one;
        }
    }

    PortTables(Listeners listeners, LocalPorts local, GatewayIdentities identities) {
        this.listeners = listeners;
        this.local = local;
        this.identities = identities;
        listeners.all().stream()
                .filter(Listener::isServing)
                .forEach(listener -> local.of(listener).ifPresent(port -> entry(port, listener, listener.host())));
    }

    private Entry entry(int port, Listener listener, Hostname host) {
        return ports.computeIfAbsent(port, _ -> new LinkedHashMap<>())
                .computeIfAbsent(host, _ -> new Entry(listener, new ArrayList<>(1), new ArrayList<>()));
    }

    /** The routes of an object for some hosts; those of older objects were added before. */
    void add(GatewayRoute object, Listener listener, List<Hostname> hosts, List<Route> routes) {
        var port = local.of(listener);
        if (!listener.isServing() || port.isEmpty()) {
            return;
        }
        var ofPort = routes.stream()
                .map(route -> onPort(route, listener.spec().port()))
                .map(route -> new Route(
                        route.match(),
                        Stream.concat(
                                        route.policies().stream(),
                                        listener.clients().stream().<Policy>map(clients -> clients))
                                .toList(),
                        identities.shown(listener.gateway(), route.action()),
                        route.origin()))
                .toList();
        if (listener.isTunnel() && listener.endsTls() && routes.stream().anyMatch(Entry::isClosedInPlain)) {
            problems.add(Problem.of(
                    object,
                    "spec.rules",
                    Reason.RULE_NOT_SERVED,
                    "There is no TLS to endpoints from where TLS of a TLSRoute ends, and a BackendTLSPolicy wants it:"
                            + " connections for these are closed. Let TLS pass, or delete the policy"));
        }
        for (var host : hosts) {
            var entry = entry(port.getAsInt(), listener, host);
            if (listener.isTunnel() && !entry.routes().isEmpty()) {
                goesUnused(object, listener, host, entry.objects().getFirst());
            }
            entry.objects().add(object);
            entry.routes().addAll(ofPort);
        }
    }

    /** Connections are not shared out among routes: the oldest has them (Gateway API, "Conflicts"). */
    private void goesUnused(GatewayRoute object, Listener listener, Hostname host, GatewayRoute older) {
        var message = older.ref() + ", which goes before it, has all connections for " + text(host) + " at listener "
                + listener.spec().name() + "; use another listener, or delete one of the two";
        problems.add(Problem.of(object, "spec.rules", Reason.PATH_CONFLICT, message));
    }

    /** "If redirect scheme is empty, the redirect port MUST be the Gateway Listener port" (HTTPRequestRedirectFilter.port). */
    private static Route onPort(Route route, int port) {
        var redirect = route.policy(Redirect.class)
                .filter(one -> one.scheme().isEmpty() && one.port().isEmpty());
        if (redirect.isEmpty()) {
            return route;
        }
        var policies = route.policies().stream()
                .map(policy -> policy instanceof Redirect(var scheme, var host, var _, var path, var status)
                        ? (Policy) new Redirect(scheme, host, OptionalInt.of(port), path, status)
                        : policy)
                .toList();
        return new Route(route.match(), policies, route.action(), route.origin());
    }

    /** All of them, but for those that Ingresses keep. */
    Map<Integer, PortTable> tables(NameOwners owners) {
        var tables = new HashMap<Integer, PortTable>();
        ports.forEach((port, entries) ->
                tables.put(port, RoutingTable.isShared(port) ? shared(port, entries, owners) : own(entries)));
        return tables;
    }

    private PortTable shared(int port, Map<Hostname, Entry> entries, NameOwners owners) {
        var hosts = new ArrayList<Host>();
        entries.forEach((name, entry) -> owned(name, entry, owners).forEach(own -> hosts.add(entry.host(own))));
        return PortTable.shared(port, hosts);
    }

    /** One that Ingresses do not have: nothing is asked of them. */
    private PortTable own(Map<Hostname, Entry> entries) {
        var hosts = new ArrayList<Host>();
        var certificates = new ArrayList<Certificate>();
        entries.forEach((name, entry) -> {
            hosts.add(entry.host(name));
            if (entry.listener().host().equals(name)) {
                certificates.addAll(named(entry.listener()));
            }
        });
        var first = entries.values().iterator().next().listener();
        if (!entries.containsKey(Hostname.ANY)
                && entries.values().stream().allMatch(entry -> entry.listener().isTunnel())) {
            // Nobody reads requests here, and so there is nobody who could answer one for another name.
            hosts.add(nowhere(first));
        }
        var owner = local.scope(first.gateway()).map(ObjectKey::toString).orElse("");
        return new PortTable(
                first.spec().port(), new PortUse(first.protocol().orElseThrow(), owner), hosts, certificates);
    }

    /** Whatever no listener of a port has, where all of these pass connections: it is closed before a handshake. */
    private static Host nowhere(Listener first) {
        var tunnel = new Tunnel(Entry.NO_ROUTE, false, Entry.origin(first));
        return new Host(Hostname.ANY, first.owner().namespace(), List.of(), Optional.of(tunnel), Hostname.ANY);
    }

    /** Of several certificates of a listener, that for a name itself goes before the first one. */
    private List<Certificate> named(Listener listener) {
        var certificates = new ArrayList<Certificate>();
        if (listener.certificates().size() > 1) {
            for (var certificate : listener.certificates()) {
                var names = SubjectNames.of(certificate.leaf()).hosts().stream()
                        .filter(name -> isServed(listener, Hostname.ofEitherWildcard(name)))
                        .toList();
                if (!names.isEmpty()) {
                    certificates.add(certificate.servedFor(names));
                }
            }
        }
        listener.certificates().forEach(one -> certificates.add(one.servedFor(List.of(listener.host()))));
        return certificates;
    }

    /** Whether a listener has the whole of a name, and no other one does. */
    private boolean isServed(Listener listener, Hostname name) {
        return Hostname.intersection(listener.host(), name).filter(name::equals).isPresent()
                && !listeners.isIsolated(listener, name);
    }

    /**
     * The names of an entry that are the Gateway's. A wildcard of an Ingress is for one label, and takes those from one of a listener
     * where it is older; where it is not, they are named here as well.
     */
    private List<Hostname> owned(Hostname name, Entry entry, NameOwners owners) {
        var candidates = new ArrayList<Hostname>();
        candidates.add(name);
        if (name instanceof Hostname.Subdomains(var suffix)
                && owners.holder(new Hostname.Wildcard(suffix)).isPresent()) {
            candidates.add(new Hostname.Wildcard(suffix));
        }
        var own = new ArrayList<Hostname>();
        for (var candidate : candidates) {
            var keeper = owners.keeper(candidate, entry.since(name));
            keeper.ifPresentOrElse(ingress -> kept(entry, candidate, ingress), () -> {
                own.add(candidate);
                owners.holder(candidate).ifPresent(ingress -> taken(entry, candidate, ingress));
            });
        }
        return own;
    }

    /**
     * Those of the listeners with TLS on the port of Ingresses, for the names that are theirs. What a route names has the certificates of its
     * listener by its own name, lest an Ingress bring another one for it.
     */
    List<Certificate> certificates(NameOwners owners) {
        var all = new ArrayList<Certificate>();
        var shared = ports.entrySet().stream().filter(entry -> RoutingTable.isShared(entry.getKey()));
        shared.map(Map.Entry::getValue)
                .forEach(entries -> entries.forEach((name, entry) -> {
                    for (var certificate : entry.listener().certificates()) {
                        var names = name instanceof Hostname.Any
                                ? unnamed(entry.listener(), certificate, owners)
                                : certified(name, entry, owners);
                        if (!names.isEmpty()) {
                            all.add(certificate.servedFor(names));
                        }
                    }
                }));
        return all;
    }

    /** A certificate for a wildcard is for one label. */
    private static List<Hostname> certified(Hostname name, Entry entry, NameOwners owners) {
        var certified = name instanceof Hostname.Subdomains(var suffix) ? new Hostname.Wildcard(suffix) : name;
        var since = entry.since(name);
        return owners.keeper(name, since)
                        .or(() -> owners.keeper(certified, since))
                        .isPresent()
                ? List.of()
                : List.of(certified);
    }

    /** Of the names that a certificate is for, those that no other listener has, and no Ingress; and every name that has no other. */
    private List<Hostname> unnamed(Listener listener, Certificate certificate, NameOwners owners) {
        var names = SubjectNames.of(certificate.leaf()).hosts().stream()
                .filter(name -> !listeners.isIsolated(listener, Hostname.ofEitherWildcard(name)))
                .filter(name -> Stream.of(name, new Hostname.Wildcard(Hostname.wildcardSuffix(name.text())))
                        .allMatch(either -> owners.holder(either).isEmpty()));
        var any = owners.keeper(Hostname.ANY, listener.since()).isPresent()
                ? Stream.<Hostname>empty()
                : Stream.of(Hostname.ANY);
        return Stream.concat(names, any).toList();
    }

    private void kept(Entry entry, Hostname name, Ingress keeper) {
        var message = text(name) + " belongs to Ingress " + keeper.key()
                + ", which is older. It is not served by listener "
                + entry.listener().spec().name() + "; remove it from that Ingress, or use another host";
        if (entry.listener().host().equals(name) || entry.objects().isEmpty()) {
            problems.add(entry.listener().problem(Reason.PATH_CONFLICT, message));
        }
        entry.objects()
                .forEach(route -> problems.add(Problem.of(route, "spec.hostnames", Reason.PATH_CONFLICT, message)));
    }

    private void taken(Entry entry, Hostname name, Ingress ingress) {
        var owner = entry.listener().owner().object();
        var message = text(name) + " belongs to " + owner.ref()
                + " and its routes, which are not younger. On port "
                + entry.listener().spec().port()
                + " no rule of an Ingress is served for it; remove it there, or use another host";
        problems.add(Problem.of(ingress, "spec.rules", Reason.PATH_CONFLICT, message));
    }

    /** As people write it. */
    private static String text(Hostname name) {
        return switch (name) {
            case Hostname.Any _ -> "whatever no other host takes";
            case Hostname.Subdomains(var suffix) -> "host *" + suffix;
            case Hostname.Exact _, Hostname.Wildcard _ -> "host " + name.text();
        };
    }

    List<Problem> problems() {
        return problems;
    }
}
