package dev.adit.translate.gateway;

import dev.adit.kube.AddressSyntax;
import dev.adit.kube.Gateway;
import dev.adit.kube.Status;
import dev.adit.translate.gateway.Listeners.Listener;
import java.util.List;

/** What becomes of a Gateway, once its listeners have been judged and its routes are attached. */
final class GatewayVerdict {
    private static final String OF_ADIT = "A Gateway has the addresses of Adit; remove spec.addresses";

    private final Gateway gateway;
    private final List<Listener> listeners;
    private final LocalPorts ports;

    GatewayVerdict(Gateway gateway, List<Listener> listeners, LocalPorts ports) {
        this.gateway = gateway;
        this.listeners = listeners;
        this.ports = ports;
    }

    Status status() {
        var served = listeners.stream().filter(Listener::isServing).map(Listener::spec);
        var place = ports.place(gateway, served.toList(), address());
        return new Status.OfGateway(
                gateway.ref(),
                gateway.uid(),
                gateway.generation(),
                List.of(accepted().as("Accepted"), programmed(place).as("Programmed")),
                listeners.stream().map(Listener::status).toList(),
                place);
    }

    private Verdict accepted() {
        if (gateway.infrastructure().hasParameters()) {
            return Verdict.no(
                    "InvalidParameters",
                    "Adit has no parameters for Gateways; remove spec.infrastructure.parametersRef");
        }
        var foreign = gateway.addresses().stream()
                .filter(address -> !address.type().equals("IPAddress"))
                .findFirst();
        if (foreign.isPresent()) {
            return Verdict.no(
                    "UnsupportedAddress",
                    "An address of type " + foreign.get().type() + " cannot be had; use type IPAddress");
        }
        return listeners.stream().allMatch(Listener::isServing)
                ? Verdict.yes("Accepted")
                : new Verdict(
                        listeners.stream().anyMatch(Listener::isAccepted),
                        "ListenersNotValid",
                        "Some listeners are not served; their conditions say why");
    }

    private Verdict programmed(Status.Place place) {
        if (listeners.stream().noneMatch(Listener::isServing)) {
            return Verdict.no("Invalid", "No listener is served; their conditions say why");
        }
        return switch (place) {
            case Status.Place.Shared _ ->
                gateway.addresses().isEmpty() ? Verdict.yes("Programmed") : Verdict.no("AddressNotUsable", OF_ADIT);
            case Status.Place.Own own -> programmed(own);
        };
    }

    private Verdict programmed(Status.Place.Own own) {
        var asked = gateway.addresses().stream()
                .filter(address -> !address.value().isEmpty())
                .toList();
        if (asked.size() > 1) {
            return Verdict.no("AddressNotUsable", "The Service of a Gateway has one address; ask for one");
        }
        var isOpen = listeners.stream()
                .filter(Listener::isServing)
                .allMatch(listener -> ports.of(gateway, listener.spec()).isPresent());
        if (!isOpen) {
            var service = own.wanted().map(wanted -> wanted.key().toString()).orElse("");
            return Verdict.no(
                    "AddressNotAssigned", "Not all of its ports are open yet: Service " + service + " is being made");
        }
        if (own.addresses().isEmpty()) {
            var service = own.wanted().map(wanted -> wanted.key().toString()).orElse("");
            return Verdict.no(
                    "AddressNotAssigned",
                    "Service " + service
                            + " has no address yet. Where nothing gives addresses to Services of type LoadBalancer, start Adit with --gateway-addresses shared");
        }
        var isGiven = asked.isEmpty()
                || own.addresses().stream()
                        .anyMatch(
                                address -> address.ip().equals(asked.getFirst().value()));
        return isGiven
                ? Verdict.yes("Programmed")
                : Verdict.no(
                        "AddressNotUsable",
                        "Address " + asked.getFirst().value()
                                + " is not given to it; ask for another one, or for none");
    }

    /** That it asks for, where it can be had. */
    private String address() {
        var asked = gateway.addresses().stream()
                .filter(address -> address.type().equals("IPAddress") && AddressSyntax.isAddress(address.value()))
                .toList();
        return asked.size() == 1 ? asked.getFirst().value() : "";
    }
}
