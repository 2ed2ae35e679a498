package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.GrpcRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.Kind;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.TcpRoute;
import dev.adit.kube.TlsRoute;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortUse.Protocol;
import dev.adit.translate.gateway.Listener.Owner;
import dev.adit.translate.gateway.route.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The listeners of all Gateways of ours, each with what becomes of it. */
final class Listeners {
    /** By the protocols of listeners. */
    private static final Map<String, List<Gateway.RouteKind>> KINDS = Map.of(
            "HTTP", List.of(kind(HttpRoute.KIND), kind(GrpcRoute.KIND)),
            "HTTPS", List.of(kind(HttpRoute.KIND), kind(GrpcRoute.KIND)),
            "TLS", List.of(kind(TlsRoute.KIND)),
            "TCP", List.of(kind(TcpRoute.KIND)));

    private final ListenerCertificates certificates;
    private final ListenerClients clients;
    private final List<Listener> all = new ArrayList<>();
    private final Map<ObjectKey, List<Listener>> byGateway = new HashMap<>();
    private final Map<ObjectRef, List<Listener>> byOwner = new HashMap<>();
    private final LocalPorts ports;
    private final Map<Place, Listener> taken = new HashMap<>();
    private final Map<Place, List<Listener>> speaking = new HashMap<>();

    /** Of listeners that meet on one port: those of all Gateways, or of one. */
    private record Place(Optional<ObjectKey> gateway, int port, Hostname host) {}

    /**
     * Judges them.
     *
     * @param gateways those of ours, the one first that has precedence
     * @param sets the ListenerSets that are attached to them
     */
    Listeners(
            ListenerCertificates certificates,
            ListenerClients clients,
            LocalPorts ports,
            List<Gateway> gateways,
            ListenerSets sets) {
        this.certificates = certificates;
        this.clients = clients;
        this.ports = ports;
        for (var gateway : gateways) {
            gateway.listeners().forEach(spec -> add(gateway, Owner.of(gateway), spec));
            sets.of(gateway).forEach(set -> set.listeners().forEach(spec -> add(gateway, Owner.of(set), spec)));
        }
        // The sort is stable: within a Gateway its own listeners go first, and then its sets as they are ordered. Among
        // Gateways that share ports, what a set brings to an old one is as young as the set.
        all.stream().sorted(Comparator.comparing(Listener::since)).forEach(this::judge);
    }

    List<Listener> all() {
        return all;
    }

    /** All of one Gateway, those of its ListenerSets among them. */
    List<Listener> of(Gateway gateway) {
        return byGateway.getOrDefault(gateway.key(), List.of());
    }

    /** Those that a Gateway or a ListenerSet has itself. */
    List<Listener> by(ObjectRef owner) {
        return byOwner.getOrDefault(owner, List.of());
    }

    /**
     * Whether a more specific listener of the same port has all requests for a host that this one would have: each belongs to one
     * listener alone (Gateway, "listener isolation").
     */
    boolean isIsolated(Listener listener, Hostname host) {
        for (var name : covering(host)) {
            var owner = taken.get(place(listener, name));
            if (owner != null && owner.isServing()) {
                return !owner.equals(listener);
            }
        }
        return false;
    }

    /** All hostnames of listeners that have the whole of a host, the most specific first. */
    private static List<Hostname> covering(Hostname host) {
        var names = new ArrayList<Hostname>();
        names.add(host);
        var suffix =
                Hostname.wildcardSuffix(host instanceof Hostname.Subdomains(var own) ? own.substring(1) : host.text());
        for (; !suffix.isEmpty(); suffix = Hostname.wildcardSuffix(suffix.substring(1))) {
            names.add(new Hostname.Subdomains(suffix));
        }
        names.add(Hostname.ANY);
        return names;
    }

    private Place place(Listener listener, Hostname host) {
        return new Place(ports.scope(listener.gateway()), listener.spec().port(), host);
    }

    private void add(Gateway gateway, Owner owner, Gateway.Listener spec) {
        var listener = new Listener(gateway, owner, spec, host(spec).orElse(Hostname.ANY), supported(spec));
        all.add(listener);
        byGateway.computeIfAbsent(gateway.key(), _ -> new ArrayList<>()).add(listener);
        byOwner.computeIfAbsent(owner.object().ref(), _ -> new ArrayList<>()).add(listener);
    }

    private void judge(Listener listener) {
        try {
            judge(listener, host(listener.spec()));
        } catch (Throwable e) {
            listener.judged(Verdict.no("Invalid", "It could not be read: " + e));
        }
    }

    /** "This field is ignored for protocols that don't require hostname based matching" (Listener.hostname). */
    private static Optional<Hostname> host(Gateway.Listener spec) {
        return spec.protocol().equals("TCP") ? Optional.of(Hostname.ANY) : hostname(spec.hostname());
    }

    static Gateway.RouteKind kind(Kind<?> kind) {
        return new Gateway.RouteKind(kind.group(), kind.name());
    }

    private static List<Gateway.RouteKind> supported(Gateway.Listener spec) {
        var asked = spec.allowed().kinds();
        var served = KINDS.getOrDefault(spec.protocol(), List.of());
        return asked.isEmpty()
                ? served
                : asked.stream().filter(served::contains).distinct().toList();
    }

    private void judge(Listener listener, Optional<Hostname> host) {
        var spec = listener.spec();
        listener.judged(accepted(listener, host));
        var kinds = KINDS.getOrDefault(spec.protocol(), List.of());
        if (!kinds.containsAll(spec.allowed().kinds())) {
            var names = kinds.stream().map(kind -> kind.kind() + "s").collect(Collectors.joining(" and "));
            listener.refer(Verdict.no(
                    "InvalidRouteKinds",
                    "A listener of protocol " + spec.protocol() + " takes " + (names.isEmpty() ? "no routes" : names)
                            + "; list no other kind in allowedRoutes"));
        }
        if (listener.isAccepted() && listener.endsTls()) {
            certificates.find(listener);
            clients.find(listener);
        }
        if (listener.isAccepted()) {
            conflict(listener);
        }
    }

    private void conflict(Listener listener) {
        var speakers = speaking.computeIfAbsent(place(listener, Hostname.ANY), _ -> new ArrayList<>(1));
        var others = speakers.stream()
                .filter(speaker -> !speaker.protocol().equals(listener.protocol()))
                .filter(speaker -> speaker.isAccepted() || areOfOneGateway(speaker, listener))
                .toList();
        speakers.add(listener);
        if (!others.isEmpty()) {
            others.forEach(
                    speaker -> clash(listener, speaker, "ProtocolConflict", "another protocol; use another port"));
            return;
        }
        var place = place(listener, listener.host());
        var first = taken.putIfAbsent(place, listener);
        if (first != null && !first.isAccepted() && !areOfOneGateway(first, listener)) {
            taken.put(place, listener); // what is not served keeps nobody else out
        } else if (first != null) {
            var isSame = first.spec().protocol().equals(listener.spec().protocol());
            var isTcp = isSame && listener.protocol().equals(Optional.of(Protocol.TCP));
            clash(
                    listener,
                    first,
                    isSame ? "HostnameConflict" : "ProtocolConflict",
                    isTcp
                            ? "all of its connections, since TCP has no hostnames; use another port"
                            : "the same hostname" + (isSame ? "" : " with another protocol") + "; use another one");
        }
    }

    /** Whether one Gateway says both itself. */
    private static boolean areOfOneGateway(Listener one, Listener other) {
        return one.owner().object() instanceof Gateway
                && one.owner().object().equals(other.owner().object());
    }

    /**
     * Within one Gateway, "the implementation MUST NOT pick one conflicting Listener as the winner" (GatewaySpec.listeners). Else the one
     * that goes before is served.
     */
    private static void clash(Listener listener, Listener first, String reason, String what) {
        listener.clash(reason, message(listener, first, what));
        if (areOfOneGateway(first, listener)) {
            first.clash(reason, message(first, listener, what));
        }
    }

    private static String message(Listener listener, Listener other, String what) {
        var isNear = other.owner().object().equals(listener.owner().object());
        return "Listener " + other.spec().name() + " of "
                + other.owner().object().ref() + (isNear ? "" : ", which goes before it,") + " has port "
                + listener.spec().port() + " and " + what;
    }

    /** With wildcards for any number of labels, unlike those of an Ingress. */
    static Optional<Hostname> hostname(String text) {
        return Hostname.parse(text)
                .map(host -> host instanceof Hostname.Wildcard(var suffix) ? new Hostname.Subdomains(suffix) : host);
    }

    private Verdict accepted(Listener listener, Optional<Hostname> host) {
        var spec = listener.spec();
        if (host.isEmpty()) {
            return Verdict.no("UnsupportedValue", "'" + spec.hostname() + "' is not a host name; correct it");
        }
        var protocol = listener.protocol();
        if (protocol.isEmpty()) {
            return Verdict.no(
                    "UnsupportedProtocol",
                    "Adit serves HTTP, HTTPS, TLS and TCP; protocol " + spec.protocol() + " is not served");
        }
        if (listener.passesTls() && !listener.isTunnel()) {
            return Verdict.no(
                    "UnsupportedValue", "TLS of an HTTPS listener ends here; use mode Terminate, or protocol TLS");
        }
        return ports.refusal(spec, protocol.get())
                .map(message -> Verdict.no("PortUnavailable", message))
                .orElseGet(() -> Verdict.yes("Accepted"));
    }
}
