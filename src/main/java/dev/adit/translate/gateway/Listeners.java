package dev.adit.translate.gateway;

import dev.adit.kube.ForeignReference;
import dev.adit.kube.Gateway;
import dev.adit.kube.GrpcRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.Kind;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.kube.Status;
import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The listeners of all Gateways of ours, each with what becomes of it. */
final class Listeners {
    private static final List<Gateway.RouteKind> OF_HTTP = List.of(kind(HttpRoute.KIND), kind(GrpcRoute.KIND));

    private final Objects objects;
    private final Grants grants;
    private final List<Listener> all = new ArrayList<>();
    private final Map<ObjectKey, List<Listener>> byGateway = new HashMap<>();
    private final LocalPorts ports;
    private final Map<Place, Listener> taken = new HashMap<>();
    private final Map<Place, Listener> speaking = new HashMap<>();

    /** Of listeners that meet on one port: those of all Gateways, or of one. */
    private record Place(Optional<ObjectKey> gateway, int port, Hostname host) {}

    /** One of them. It serves requests where it is accepted, and has a certificate where it needs one. */
    static final class Listener {
        private final Gateway gateway;
        private final Gateway.Listener spec;
        private final Hostname host;
        private final List<Gateway.RouteKind> supported;
        private final boolean isOfSoundGateway;
        private final List<Certificate> certificates = new ArrayList<>();
        private Verdict accepted = Verdict.yes("Accepted");
        private Verdict references = Verdict.yes("ResolvedRefs");
        private Verdict conflict = Verdict.no("NoConflicts", "");
        private int attached;

        private Listener(Gateway gateway, Gateway.Listener spec, Hostname host, List<Gateway.RouteKind> supported) {
            this.gateway = gateway;
            this.spec = spec;
            this.host = host;
            this.supported = supported;
            this.isOfSoundGateway = GatewayVerdict.own(gateway).isEmpty();
        }

        Gateway gateway() {
            return gateway;
        }

        Gateway.Listener spec() {
            return spec;
        }

        Hostname host() {
            return host;
        }

        /** Whether it takes routes of a kind. */
        boolean takes(Kind<?> kind) {
            return supported.contains(Listeners.kind(kind));
        }

        /** Without the names that they are served for. */
        List<Certificate> certificates() {
            return certificates;
        }

        boolean isAccepted() {
            return accepted.holds();
        }

        boolean isServing() {
            return isAccepted() && (!isSecure() || !certificates.isEmpty()) && isOfSoundGateway;
        }

        boolean isSecure() {
            return spec.protocol().equals("HTTPS");
        }

        /** Another route has come to it. */
        void attach() {
            attached++;
        }

        /** What is wrong with it. */
        List<Problem> problems() {
            var problems = new ArrayList<Problem>();
            if (!accepted.holds()) {
                problems.add(problem(Reason.LISTENER_NOT_SERVED, accepted.message()));
            }
            if (!references.holds()) {
                problems.add(problem(Reason.REFERENCE_UNRESOLVED, references.message()));
            }
            return problems;
        }

        private Problem problem(Reason reason, String message) {
            var field = "spec.listeners[" + gateway.listeners().indexOf(spec) + "]";
            return new Problem(Gateway.KIND.name(), gateway.key(), gateway.uid(), field, reason, message);
        }

        /**
         * What is said of it.
         *
         * @param hasPort whether it has one on this machine
         */
        Status.OfListener status(boolean hasPort) {
            var programmed = isServing()
                    ? hasPort ? Verdict.yes("Programmed") : Verdict.no("Pending", "Its port is not open yet")
                    : Verdict.no("Invalid", "It serves no requests until what else is said here is mended");
            return new Status.OfListener(
                    spec.name(),
                    supported,
                    attached,
                    List.of(
                            accepted.as("Accepted"),
                            conflict.as("Conflicted"),
                            programmed.as("Programmed"),
                            references.as("ResolvedRefs")));
        }
    }

    /**
     * Judges them.
     *
     * @param gateways those of ours, the one first that has precedence
     */
    Listeners(Objects objects, Grants grants, LocalPorts ports, List<Gateway> gateways) {
        this.objects = objects;
        this.ports = ports;
        this.grants = grants;
        gateways.forEach(gateway -> gateway.listeners().forEach(spec -> add(gateway, spec)));
    }

    List<Listener> all() {
        return all;
    }

    /** Those of one Gateway. */
    List<Listener> of(Gateway gateway) {
        return byGateway.getOrDefault(gateway.key(), List.of());
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
        return new Place(ports.scope(listener.gateway), listener.spec.port(), host);
    }

    private void add(Gateway gateway, Gateway.Listener spec) {
        var host = hostname(spec.hostname());
        var listener = new Listener(gateway, spec, host.orElse(Hostname.ANY), supported(spec));
        all.add(listener);
        byGateway.computeIfAbsent(gateway.key(), _ -> new ArrayList<>()).add(listener);
        try {
            judge(listener, host);
        } catch (Throwable e) {
            listener.accepted = Verdict.no("Invalid", "It could not be read: " + e);
        }
    }

    private static Gateway.RouteKind kind(Kind<?> kind) {
        return new Gateway.RouteKind(kind.group(), kind.name());
    }

    private static List<Gateway.RouteKind> supported(Gateway.Listener spec) {
        var asked = spec.allowed().kinds();
        if (!spec.protocol().equals("HTTP") && !spec.protocol().equals("HTTPS")) {
            return List.of();
        }
        return asked.isEmpty()
                ? OF_HTTP
                : asked.stream().filter(OF_HTTP::contains).distinct().toList();
    }

    private void judge(Listener listener, Optional<Hostname> host) {
        var spec = listener.spec;
        listener.accepted = judgesClients(listener) && listener.isSecure()
                ? Verdict.no(
                        "UnsupportedValue",
                        "Certificates of clients (tls.frontend) are not judged yet, and nobody is let in without; remove it")
                : accepted(listener, host);
        if (!spec.allowed().kinds().stream().allMatch(OF_HTTP::contains)) {
            listener.references = Verdict.no(
                    "InvalidRouteKinds", "Adit serves HTTPRoutes and GRPCRoutes; list no other kind in allowedRoutes");
        }
        if (listener.isAccepted() && listener.isSecure()) {
            certificates(listener);
        }
        if (listener.isAccepted()) {
            conflict(listener);
        }
    }

    private void conflict(Listener listener) {
        var speaker = speaking.putIfAbsent(place(listener, Hostname.ANY), listener);
        if (speaker != null && !speaker.spec.protocol().equals(listener.spec.protocol())) {
            clash(listener, speaker, "ProtocolConflict", "another protocol; use another port");
            if (speaker.gateway.equals(listener.gateway)) {
                clash(speaker, listener, "ProtocolConflict", "another protocol; use another port");
            }
            return;
        }
        var first = taken.putIfAbsent(place(listener, listener.host), listener);
        if (first != null) {
            clash(listener, first, "HostnameConflict", "the same hostname; use another one");
            if (first.gateway.equals(listener.gateway)) {
                // "the implementation MUST NOT pick one conflicting Listener as the winner" (GatewaySpec.listeners).
                clash(first, listener, "HostnameConflict", "the same hostname; use another one");
            }
        }
    }

    private static void clash(Listener listener, Listener first, String reason, String what) {
        var message = "Listener " + first.spec.name() + " of Gateway " + first.gateway.key()
                + (first.gateway.equals(listener.gateway) ? "" : ", which goes before it,") + " has port "
                + listener.spec.port() + " and " + what;
        listener.conflict = new Verdict(true, reason, message);
        listener.accepted = Verdict.no(reason, message);
    }

    private static boolean judgesClients(Listener listener) {
        return listener.gateway.judgesClients()
                || listener.spec.tls().map(Gateway.Tls::judgesClients).orElse(false);
    }

    /** With wildcards for any number of labels, unlike those of an Ingress. */
    static Optional<Hostname> hostname(String text) {
        return Hostname.parse(text)
                .map(host -> host instanceof Hostname.Wildcard(var suffix) ? new Hostname.Subdomains(suffix) : host);
    }

    private Verdict accepted(Listener listener, Optional<Hostname> host) {
        var spec = listener.spec;
        if (host.isEmpty()) {
            return Verdict.no("UnsupportedValue", "'" + spec.hostname() + "' is not a host name; correct it");
        }
        if (!spec.protocol().equals("HTTP") && !spec.protocol().equals("HTTPS")) {
            return Verdict.no(
                    "UnsupportedProtocol",
                    "Adit serves HTTP and HTTPS; protocol " + spec.protocol() + " is not served yet");
        }
        if (listener.isSecure()
                && spec.tls()
                        .map(Gateway.Tls::mode)
                        .filter("Passthrough"::equals)
                        .isPresent()) {
            return Verdict.no("UnsupportedValue", "TLS of an HTTPS listener ends here; use mode Terminate");
        }
        return ports.refusal(spec, listener.isSecure())
                .map(message -> Verdict.no("PortUnavailable", message))
                .orElseGet(() -> Verdict.yes("Accepted"));
    }

    private void certificates(Listener listener) {
        var references = listener.spec.tls().map(Gateway.Tls::certificates).orElse(List.of());
        if (references.isEmpty()) {
            listener.references = listener.references.and(
                    Verdict.no("InvalidCertificateRef", "tls.certificateRefs names no Secret; name one"));
        }
        for (var reference : references) {
            listener.references = listener.references.and(certificate(listener, reference));
        }
    }

    private Verdict certificate(Listener listener, ForeignReference reference) {
        var gateway = listener.gateway;
        if (!reference.isOf(Secret.KIND)) {
            return Verdict.no("InvalidCertificateRef", reference + " is no Secret; name one of type kubernetes.io/tls");
        }
        if (!grants.permit(gateway, reference)) {
            return Verdict.no("RefNotPermitted", Grants.remedy(gateway, reference));
        }
        var key = reference.from(gateway.key().namespace());
        var content = objects.find(Secret.KIND, key).map(Secret::content);
        var pair = content.flatMap(Secret.Content::pair);
        if (pair.isPresent()) {
            listener.certificates.add(new Certificate(
                    List.of(), key.toString(), pair.get().key(), pair.get().chain()));
        }
        return content.map(found -> verdict(key.toString(), found))
                .orElseGet(
                        () -> Verdict.no(
                                "InvalidCertificateRef",
                                "Secret " + key
                                        + " of type kubernetes.io/tls does not exist; create it with `kubectl create secret tls`"));
    }

    private static Verdict verdict(String secret, Secret.Content content) {
        return switch (content) {
            case Secret.Content.KeyPair _ -> Verdict.yes("ResolvedRefs");
            case Secret.Content.Unread _ -> Verdict.no("InvalidCertificateRef", "Secret " + secret + " is being read");
            case Secret.Content.Gone _ ->
                Verdict.no(
                        "InvalidCertificateRef",
                        "Secret " + secret + " is gone; what it held is served until it is back");
            case Secret.Content.Broken broken ->
                Verdict.no(
                        "InvalidCertificateRef",
                        "Secret " + secret + ", " + broken.field() + ": " + broken.message() + "; correct it");
        };
    }
}
