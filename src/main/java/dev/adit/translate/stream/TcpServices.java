package dev.adit.translate.stream;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.routing.RoutingTable;
import dev.adit.translate.GatewayPorts;
import dev.adit.translate.TranslationOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the ConfigMap of TCP services says: {@code "9000": "default/postgres:5432"}, the port of this machine, and the Service with its
 * port by number or by name.
 */
public final class TcpServices {
    private static final int MOST = 1_000;
    private static final int LONGEST = 1_024;
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;
    private static final int NAMED = 2;
    private static final String PROXY = "PROXY";

    private final Map<Integer, Entry> entries = new LinkedHashMap<>();
    private final List<Refused> refused = new ArrayList<>();

    /**
     * A port whose connections go to a Service.
     *
     * @param name of the entry
     * @param servicePort its number or its name
     */
    record Entry(String name, ObjectKey service, String servicePort) {}

    /** An entry that cannot be served, and why. */
    record Refused(String name, String why) {}

    private TcpServices(ConfigMap map, TranslationOptions options) {
        map.entries().forEach((name, value) -> {
            if (entries.size() < MOST) {
                read(name, value, options.gateways());
            } else {
                refused.add(new Refused(name, "is one of more than " + MOST + "; remove some"));
            }
        });
    }

    /** What it says, by the ports; nothing where there is no such ConfigMap. */
    static Optional<TcpServices> of(ConfigMap map, TranslationOptions options) {
        return Optional.of(map).filter(ConfigMap::isRead).map(read -> new TcpServices(read, options));
    }

    /** The ports of this machine that belong to the ConfigMap, and so to no Gateway. */
    public static Set<Integer> ports(Objects objects, TranslationOptions options) {
        return options.streams()
                .tcp()
                .flatMap(key -> objects.find(ConfigMap.KIND, key))
                .flatMap(map -> of(map, options))
                .map(services -> services.entries.keySet())
                .orElse(Set.of());
    }

    Map<Integer, Entry> entries() {
        return entries;
    }

    List<Refused> refused() {
        return refused;
    }

    private void read(String name, String value, GatewayPorts gateways) {
        var why = why(name, value, gateways);
        if (why.isPresent()) {
            refused.add(new Refused(name, why.get()));
            return;
        }
        var parts = value.strip().split(":", -1);
        var service = parts[0].split("/", -1);
        entries.put(Integer.parseInt(name), new Entry(name, new ObjectKey(service[0], service[1]), parts[1]));
    }

    private static Optional<String> why(String name, String value, GatewayPorts gateways) {
        if (!PORT.matcher(name).matches() || Integer.parseInt(name) > MAX_PORT) {
            return Optional.of("is no port; use a number from 1 to " + MAX_PORT);
        }
        return taken(Integer.parseInt(name), gateways).or(() -> unreadable(value));
    }

    private static Optional<String> taken(int port, GatewayPorts gateways) {
        if (RoutingTable.isShared(port) || gateways.reserved().contains(port)) {
            return Optional.of("port " + port + " of this machine serves something else; use another one");
        }
        var isOfGateways =
                gateways.mode() == GatewayPorts.Mode.SERVICE && port >= GatewayPorts.FIRST && port <= GatewayPorts.LAST;
        return isOfGateways
                ? Optional.of("ports " + GatewayPorts.FIRST + " to " + GatewayPorts.LAST
                        + " are given to Gateways; use another one")
                : Optional.empty();
    }

    private static Optional<String> unreadable(String value) {
        var parts = value.length() > LONGEST ? new String[0] : value.strip().split(":", -1);
        if (parts.length < NAMED || !isService(parts[0]) || parts[1].isEmpty()) {
            return Optional.of("cannot be read; write it as namespace/service:port");
        }
        for (var i = NAMED; i < parts.length; i++) {
            if (parts[i].equalsIgnoreCase(PROXY)) {
                return Optional.of("asks for the PROXY protocol, which Adit does not speak for single ports;"
                        + " remove :PROXY, if the application can do without");
            }
        }
        return Optional.empty();
    }

    private static boolean isService(String text) {
        var slash = text.indexOf('/');
        return slash > 0 && slash == text.lastIndexOf('/') && slash < text.length() - 1;
    }
}
