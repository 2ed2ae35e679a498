package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.ListenerSet;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Status;
import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortUse.Protocol;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.translate.RouteLinks;
import dev.adit.translate.gateway.route.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A listener of a Gateway. It serves requests where it is accepted, and has a certificate where it needs one. */
final class Listener {
    private static final String TLS = "TLS";

    private final Gateway gateway;
    private final Owner owner;
    private final Gateway.Listener spec;
    private final Hostname host;
    private final List<Gateway.RouteKind> supported;
    private final boolean isOfSoundGateway;
    private final List<Certificate> certificates = new ArrayList<>();
    private Verdict accepted = Verdict.yes("Accepted");
    private Verdict references = Verdict.yes("ResolvedRefs");
    private Verdict conflict = Verdict.no("NoConflicts", "");
    private @Nullable ClientCertificate clients;
    private int attached;

    /**
     * Who has written it: the Gateway itself, or a ListenerSet.
     *
     * @param listeners all that this object has
     */
    record Owner(KubeObject object, Instant createdAt, List<Gateway.Listener> listeners) {
        static Owner of(Gateway gateway) {
            return new Owner(gateway, gateway.createdAt(), gateway.listeners());
        }

        static Owner of(ListenerSet set) {
            return new Owner(set, set.createdAt(), set.listeners());
        }

        String namespace() {
            return object.key().namespace();
        }
    }

    Listener(Gateway gateway, Owner owner, Gateway.Listener spec, Hostname host, List<Gateway.RouteKind> supported) {
        this.gateway = gateway;
        this.owner = owner;
        this.spec = spec;
        this.host = host;
        this.supported = supported;
        this.isOfSoundGateway = GatewayVerdict.own(gateway).isEmpty();
    }

    Gateway gateway() {
        return gateway;
    }

    Owner owner() {
        return owner;
    }

    /** Since when it can be there. */
    Instant since() {
        return owner.createdAt().isBefore(gateway.createdAt()) ? gateway.createdAt() : owner.createdAt();
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

    /** What clients have to show; empty for nothing. */
    Optional<ClientCertificate> clients() {
        return Optional.ofNullable(clients);
    }

    void clients(ClientCertificate wanted) {
        clients = wanted;
    }

    /** Without the names that they are served for. */
    List<Certificate> certificates() {
        return certificates;
    }

    boolean isAccepted() {
        return accepted.holds();
    }

    boolean isServing() {
        return isAccepted() && (!endsTls() || !certificates.isEmpty()) && isOfSoundGateway;
    }

    /** What its connections begin with; empty where that is nothing that Adit serves. */
    Optional<Protocol> protocol() {
        return switch (spec.protocol()) {
            case "HTTP" -> Optional.of(Protocol.HTTP);
            // "each Listener within the group specifies either the 'HTTPS' or 'TLS' Protocol" (GatewaySpec.listeners).
            case "HTTPS", TLS -> Optional.of(Protocol.HTTPS);
            case "TCP" -> Optional.of(Protocol.TCP);
            default -> Optional.empty();
        };
    }

    /** Whether what its connections carry passes unread. */
    boolean isTunnel() {
        return spec.protocol().equals(TLS) || spec.protocol().equals("TCP");
    }

    boolean isSecure() {
        return protocol().filter(Protocol.HTTPS::equals).isPresent();
    }

    boolean passesTls() {
        return isSecure()
                && spec.tls()
                        .map(Gateway.Tls::mode)
                        .filter("Passthrough"::equals)
                        .isPresent();
    }

    boolean endsTls() {
        return isSecure() && !passesTls();
    }

    /** How it is named among all listeners. */
    RouteLinks.Listener name() {
        return new RouteLinks.Listener(owner.object().ref(), spec.name());
    }

    /** More routes have come to it. */
    void attach(int routes) {
        attached += routes;
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

    /** A fault of its own. */
    Problem problem(Reason reason, String message) {
        var field = "spec.listeners[" + owner.listeners().indexOf(spec) + "]";
        return Problem.of(owner.object(), field, reason, message);
    }

    /**
     * What is said of it.
     *
     * @param hasPort whether it has one on this machine
     */
    Status.OfListener status(boolean hasPort) {
        var programmed = isServing()
                ? hasPort ? Verdict.yes("Programmed") : Verdict.no("Pending", "Its port is not open yet")
                : unserved();
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

    private Verdict unserved() {
        return conflict.holds()
                ? Verdict.no(conflict.reason(), conflict.message())
                : Verdict.no("Invalid", "It serves no requests until what else is said here is mended");
    }

    /** Whether it is served, by what it says itself. */
    void judged(Verdict found) {
        accepted = found;
    }

    /** What it refers to, and may list, is judged one after the other: the first fault stays. */
    void refer(Verdict found) {
        references = references.and(found);
    }

    /** Another one has its place. */
    void clash(String reason, String message) {
        conflict = new Verdict(true, reason, message);
        accepted = Verdict.no(reason, message);
    }
}
