package dev.adit.translate.gateway;

import dev.adit.hashing.ShortHash;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayService;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Service;
import dev.adit.kube.Status;
import dev.adit.routing.PortUse.Protocol;
import dev.adit.routing.RoutingTable;
import dev.adit.translate.GatewayPorts;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.stream.TcpServices;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which port of this machine each listener has. Where Gateways have Services of their own, these say so: what has been written down there
 * is all that is served, by every replica, and what is not is asked for.
 */
final class LocalPorts {
    private static final int LONGEST_LABEL = 63;
    private static final String PREFIX = "gateway-";
    private static final int LONGEST_NAME = LONGEST_LABEL - PREFIX.length() - 1 - ShortHash.LENGTH;

    private final TranslationOptions options;
    private final Objects objects;
    private final Map<ObjectKey, Map<String, Integer>> recorded = new HashMap<>();
    private final Map<ObjectKey, List<LoadBalancerAddress>> addresses = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();
    private final Set<Integer> ofOthers;
    private final Set<String> lacking = new HashSet<>();
    private boolean knowsAll;

    /**
     * By what is written down.
     *
     * @param gateways those of ours, the one first that has precedence
     */
    LocalPorts(Objects objects, TranslationOptions options, List<Gateway> gateways) {
        this.options = options;
        this.objects = objects;
        this.ofOthers = TcpServices.ports(objects, options);
        if (hasServices()) {
            taken.addAll(options.gateways().reserved());
            for (var gateway : gateways) {
                objects.find(Service.KIND, service(gateway)).ifPresent(found -> note(gateway, found));
            }
        }
    }

    /** A port that an object of more precedence has is not this one's, whoever has written so. */
    private void note(Gateway gateway, Service found) {
        var targets = found.leadsTo().filter(one -> one.gateway().equals(gateway.key()));
        if (targets.isEmpty()) {
            return;
        }
        var own = new HashMap<String, Integer>();
        targets.get().ports().forEach((name, port) -> {
            if (port >= GatewayPorts.FIRST && port <= GatewayPorts.LAST && taken.add(port)) {
                own.put(name, port);
            }
        });
        recorded.put(gateway.key(), own);
        addresses.put(gateway.key(), found.addresses());
    }

    private boolean hasServices() {
        return options.gateways().mode() == GatewayPorts.Mode.SERVICE;
    }

    /** Of Gateways whose listeners meet on the ports that they state: empty where that is all of them. */
    Optional<ObjectKey> scope(Gateway gateway) {
        return hasServices() ? Optional.of(gateway.key()) : Optional.empty();
    }

    /** Why a listener cannot have the port that it states. */
    Optional<String> refusal(Gateway.Listener listener, Protocol protocol) {
        var port = listener.port();
        if (port < 1 || port > 65_535) {
            return Optional.of("a port is 1 to 65535");
        }
        if (hasServices()) {
            return Optional.empty();
        }
        if (RoutingTable.isShared(port)) {
            return protocol == (port == RoutingTable.HTTPS ? Protocol.HTTPS : Protocol.HTTP)
                    ? Optional.empty()
                    : Optional.of("Adit has HTTP on port " + RoutingTable.HTTP + " and HTTPS on port "
                            + RoutingTable.HTTPS + "; use that one, or another port");
        }
        return options.gateways().reserved().contains(port) || ofOthers.contains(port)
                ? Optional.of("port " + port + " of this machine serves something else; use another one")
                : Optional.empty();
    }

    /** That of a listener, as the routing table names it; empty where none has been written down yet. */
    private OptionalInt of(Gateway gateway, Gateway.Listener listener) {
        if (!hasServices()) {
            return OptionalInt.of(listener.port());
        }
        var port = recorded.getOrDefault(gateway.key(), Map.of()).get(name(listener));
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    OptionalInt of(Listener listener) {
        return of(listener.gateway(), listener.spec());
    }

    /** Whether all of these that are served have one. */
    boolean areOpen(List<Listener> listeners) {
        return listeners.stream()
                .filter(Listener::isServing)
                .allMatch(listener -> of(listener).isPresent());
    }

    /**
     * Where a Gateway is reached.
     *
     * @param served those of its listeners that are to be served
     * @param address that it asks for; empty for any
     */
    Status.Place place(Gateway gateway, List<Gateway.Listener> served, String address) {
        if (!hasServices()) {
            return new Status.Place.Shared();
        }
        return new Status.Place.Own(
                served.isEmpty() ? Optional.empty() : Optional.of(wanted(gateway, served, address)),
                addresses.getOrDefault(gateway.key(), List.of()));
    }

    /** Whether there was no port for it. */
    boolean lacks(Gateway gateway, Gateway.Listener listener) {
        return lacking.contains(gateway.key() + " " + name(listener));
    }

    private GatewayService wanted(Gateway gateway, List<Gateway.Listener> served, String address) {
        var labels = new HashMap<String, String>();
        labels.put("app.kubernetes.io/managed-by", "adit");
        if (gateway.key().name().length() <= LONGEST_LABEL) {
            labels.put(GatewayService.LABEL, gateway.key().name());
        }
        return new GatewayService(
                service(gateway),
                gateway.key(),
                labels,
                Map.of(GatewayService.ANNOTATION, gateway.key().toString()),
                gateway.infrastructure().labels(),
                gateway.infrastructure().annotations(),
                ports(gateway, served),
                address);
    }

    /** Those that can be had. */
    private List<GatewayService.Port> ports(Gateway gateway, List<Gateway.Listener> served) {
        var ports = new LinkedHashMap<String, GatewayService.Port>();
        for (var listener : served) {
            var name = name(listener);
            if (!ports.containsKey(name)) {
                var recordedOne = of(gateway, listener);
                var target = recordedOne.isPresent() ? recordedOne : free(gateway.key() + " " + name);
                target.ifPresentOrElse(
                        port -> ports.put(name, new GatewayService.Port(name, listener.port(), port)),
                        () -> lacking.add(gateway.key() + " " + name));
            }
        }
        return List.copyOf(ports.values());
    }

    /**
     * One that no Service has, not even of a Gateway that has just gone: its clients may still be connected. It is looked for from a place
     * that hangs by the name, so that hardly any is given to two Gateways, one after the other.
     */
    private OptionalInt free(String name) {
        if (!knowsAll) {
            knowsAll = true;
            objects.all(Service.KIND)
                    .filter(service -> service.key().namespace().equals(options.ownNamespace()))
                    .flatMap(service -> service.leadsTo().stream())
                    .forEach(targets -> taken.addAll(targets.ports().values()));
        }
        var count = GatewayPorts.LAST - GatewayPorts.FIRST + 1;
        var start = (int) (Long.parseLong(ShortHash.of(name).substring(1), 16) % count);
        for (var i = 0; i < count; i++) {
            var port = GatewayPorts.FIRST + (start + i) % count;
            if (taken.add(port)) {
                return OptionalInt.of(port);
            }
        }
        return OptionalInt.empty();
    }

    /** Of its port in the Service: where connections begin with something else it is another one. */
    private static String name(Gateway.Listener listener) {
        var protocol = listener.protocol().equals("TLS") ? "HTTPS" : listener.protocol();
        return protocol.toLowerCase(Locale.ROOT) + "-" + listener.port();
    }

    private ObjectKey service(Gateway gateway) {
        var name = gateway.key().name();
        var text = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        // A name of a Service has no dots, and ends in a letter or digit.
        var readable = PREFIX + text.replace('.', '-');
        return new ObjectKey(
                options.ownNamespace(),
                readable + "-" + ShortHash.of(gateway.key().toString()));
    }
}
