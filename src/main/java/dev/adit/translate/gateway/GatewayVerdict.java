package dev.adit.translate.gateway;

import dev.adit.kube.AddressSyntax;
import dev.adit.kube.Condition;
import dev.adit.kube.Gateway;
import dev.adit.kube.Gateway.ClientValidation;
import dev.adit.kube.GatewayService;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.Status;
import dev.adit.translate.gateway.route.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What becomes of a Gateway, once its listeners have been judged and its routes are attached. */
final class GatewayVerdict {
    private static final String IP_ADDRESS = "IPAddress";
    private static final String OF_ADIT = "A Gateway has the addresses of Adit; remove spec.addresses";

    private final Gateway gateway;
    private final Listeners all;
    private final List<Listener> listeners;
    // Without those of ListenerSets, of which their own statuses speak.
    private final List<Listener> own;
    private final ListenerSets sets;
    private final LocalPorts ports;
    private final GatewayIdentities identities;

    GatewayVerdict(Gateway gateway, Listeners all, ListenerSets sets, LocalPorts ports, GatewayIdentities identities) {
        this.gateway = gateway;
        this.all = all;
        this.listeners = all.of(gateway);
        this.own = all.by(gateway.ref());
        this.sets = sets;
        this.ports = ports;
        this.identities = identities;
    }

    Status status() {
        var fault = own();
        // An address that it does not want is not asked for: load balancers seldom change one later.
        // A listener that lacks its certificate for a while keeps its port, and so does whatever else has one.
        var served = fault.isEmpty() && asked().size() <= 1
                ? listeners.stream()
                        .filter(listener -> listener.isAccepted() || keepsPort(listener))
                        .map(Listener::spec)
                : Stream.<Gateway.Listener>empty();
        var place = ports.place(gateway, served.toList(), address());
        var accepted = fault.orElseGet(() -> byListeners(own, Listener::isAccepted));
        var programmed = fault.map(_ -> Verdict.no("Invalid", "It is not served before it is accepted"))
                .orElseGet(() -> programmed(place));
        return new Status.OfGateway(
                gateway.ref(),
                gateway.uid(),
                gateway.generation(),
                Stream.of(
                                Stream.of(accepted.as("Accepted"), programmed.as("Programmed")),
                                identities.verdict(gateway).map(verdict -> verdict.as("ResolvedRefs")).stream(),
                                insecure())
                        .flatMap(some -> some)
                        .toList(),
                own.stream().map(this::status).toList(),
                sets.count(gateway, all),
                place);
    }

    /** Says that clients are served whose certificate is missing or invalid (GatewayConditionInsecureFrontendValidationMode). */
    private Stream<Condition> insecure() {
        return gateway.clients().stream()
                .filter(clients -> clients.mode().equals(ClientValidation.INSECURE))
                .limit(1)
                .map(_ -> new Verdict(
                                true,
                                "ConfigurationChanged",
                                "Clients without a sound certificate are let in, too (AllowInsecureFallback)")
                        .as("InsecureFrontendValidationMode"));
    }

    /** Whether it had one before something was wrong with it, which no other protocol has by now. */
    private boolean keepsPort(Listener listener) {
        return ports.of(listener).isPresent()
                && listeners.stream()
                        .filter(Listener::isAccepted)
                        .filter(other -> other.spec().port() == listener.spec().port())
                        .allMatch(other -> other.protocol().equals(listener.protocol()));
    }

    private Status.OfListener status(Listener listener) {
        return listener.status(ports.of(listener).isPresent());
    }

    private Optional<Verdict> own() {
        return own(gateway);
    }

    /** What is wrong with one, whatever its listeners are. */
    static Optional<Verdict> own(Gateway gateway) {
        if (gateway.infrastructure().hasParameters()) {
            return Optional.of(Verdict.no(
                    "InvalidParameters",
                    "Adit has no parameters for Gateways; remove spec.infrastructure.parametersRef"));
        }
        return gateway.addresses().stream()
                .filter(address -> !address.type().equals(IP_ADDRESS))
                .findFirst()
                .map(address -> Verdict.no(
                        "UnsupportedAddress",
                        "An address of type " + address.type() + " cannot be had; use type " + IP_ADDRESS));
    }

    /**
     * Whether an object is sound by its listeners.
     *
     * @param isEnough what one of them has to be at least, where others may be unsound
     */
    static Verdict byListeners(List<Listener> listeners, Predicate<Listener> isEnough) {
        return listeners.stream().allMatch(Listener::isServing)
                ? Verdict.yes("Accepted")
                : new Verdict(
                        listeners.stream().anyMatch(isEnough),
                        "ListenersNotValid",
                        "Some listeners are not served; their conditions say why");
    }

    private Verdict programmed(Status.Place place) {
        if (own.stream().noneMatch(Listener::isServing)) {
            return Verdict.no("Invalid", "No listener is served; their conditions say why");
        }
        return switch (place) {
            case Status.Place.Shared _ ->
                gateway.addresses().isEmpty() ? Verdict.yes("Programmed") : Verdict.no("AddressNotUsable", OF_ADIT);
            case Status.Place.Own(var wanted, var addresses) ->
                wanted.map(service -> programmed(service, addresses))
                        .orElseGet(() -> Verdict.no(
                                "AddressNotUsable", "The Service of a Gateway has one address; ask for one"));
        };
    }

    private Verdict programmed(GatewayService service, List<LoadBalancerAddress> addresses) {
        if (own.stream().anyMatch(listener -> ports.lacks(gateway, listener.spec()))) {
            return Verdict.no(
                    "NoResources",
                    "All ports that Adit has for Gateways are taken; use fewer ports, or delete other Gateways");
        }
        if (!ports.areOpen(own)) {
            return Verdict.no(
                    "AddressNotAssigned",
                    "Not all of its ports are open yet: Service " + service.key() + " is being made");
        }
        if (addresses.isEmpty()) {
            return Verdict.no(
                    "AddressNotAssigned",
                    "Service " + service.key()
                            + " has no address yet. Where nothing gives addresses to Services of type"
                            + " LoadBalancer, start Adit with --gateway-addresses shared");
        }
        var missing = asked().stream()
                .map(Gateway.Address::value)
                .filter(value -> addresses.stream().noneMatch(one -> isSame(one.ip(), value)))
                .findFirst();
        return missing.map(value -> Verdict.no(
                        "AddressNotUsable",
                        "Address " + value + " is not given to it; ask for another one, or for none"))
                .orElseGet(() -> Verdict.yes("Programmed"));
    }

    /** However they are written. */
    private static boolean isSame(String one, String other) {
        return one.equals(other)
                || (AddressSyntax.isAddress(one)
                        && AddressSyntax.isAddress(other)
                        && InetAddress.ofLiteral(one).equals(InetAddress.ofLiteral(other)));
    }

    /** Those that it names. */
    private List<Gateway.Address> asked() {
        return gateway.addresses().stream()
                .filter(address -> !address.value().isEmpty())
                .toList();
    }

    /** That it asks for, where it can be had. */
    private String address() {
        return asked().stream()
                .map(Gateway.Address::value)
                .filter(AddressSyntax::isAddress)
                .findFirst()
                .orElse("");
    }
}
