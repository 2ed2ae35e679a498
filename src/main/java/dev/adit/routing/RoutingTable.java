package dev.adit.routing;

import dev.adit.collection.Layered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that decides where a request goes and which certificate a connection gets.
 *
 * @param hosts those of Ingresses, on both of their ports
 * @param certificates one for each kind of key that a host has
 * @param ports those of the listeners of Gateways. {@link #HTTP} and {@link #HTTPS} are the ports that Ingresses have, too,
 *     whatever these are on this machine, and each other number is that of a port here
 */
public record RoutingTable(
        Layered<Hostname, Host> hosts,
        Layered<Hostname, List<Certificate>> certificates,
        Map<Integer, PortTable> ports) {
    /** Where requests without TLS come in, as clients and listeners name it, whichever port it is on this machine. */
    public static final int HTTP = 80;

    /** Where those with TLS do. */
    public static final int HTTPS = 443;

    private static final Integer OF_PLAIN = HTTP;
    private static final Integer OF_TLS = HTTPS;

    public static final RoutingTable EMPTY = new RoutingTable(List.of(), List.of());

    private static final Comparator<Certificate> BY_NAME = Comparator.comparing(
                    (Certificate certificate) -> certificate.hosts().getFirst().text())
            .thenComparing(Certificate::secret)
            .thenComparing(Certificate::algorithm);

    public RoutingTable {
        ports = Map.copyOf(ports);
    }

    /** Of several certificates with one kind of key for a host, the first is served. */
    public RoutingTable(List<Host> hosts, List<Certificate> certificates) {
        this(hosts, certificates, Map.of());
    }

    /** The same with Gateways. */
    public RoutingTable(List<Host> hosts, List<Certificate> certificates, Map<Integer, PortTable> ports) {
        this(byName(hosts), byHost(certificates), ports);
    }

    /** The port of Ingresses that a request came to, as an object: each request asks for it. */
    public static Integer port(boolean isSecure) {
        return isSecure ? OF_TLS : OF_PLAIN;
    }

    /** Whether Ingresses are served on it. */
    public static boolean isShared(int port) {
        return port == HTTP || port == HTTPS;
    }

    /** The ports of this machine that are open for the listeners of Gateways alone. */
    public Map<Integer, PortUse> ownPorts() {
        return ports.entrySet().stream()
                .filter(entry -> !isShared(entry.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().use()));
    }

    static Layered<Hostname, Host> byName(List<Host> hosts) {
        return Layered.of(hosts.stream().collect(Collectors.toMap(Host::name, Function.identity())));
    }

    /** The hosts of Ingresses, and those of each port of Gateways. */
    public Stream<Layered<Hostname, Host>> hostTables() {
        return Stream.concat(Stream.of(hosts), ports.values().stream().map(PortTable::hosts));
    }

    /** As people look for them; the table itself has no order. */
    public List<Host> hostsByName() {
        return sorted(hosts);
    }

    /** Likewise those of Gateways. */
    public SortedMap<Integer, PortTable> portsByNumber() {
        return new TreeMap<>(ports);
    }

    static List<Host> sorted(Layered<Hostname, Host> hosts) {
        return hosts.values().stream()
                .sorted(Comparator.comparing(host -> host.name().text()))
                .toList();
    }

    /** Each once. */
    public List<Certificate> certificatesByName() {
        return sortedOnce(certificates);
    }

    static List<Certificate> sortedOnce(Layered<Hostname, List<Certificate>> certificates) {
        return certificates.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(BY_NAME)
                .toList();
    }

    static Layered<Hostname, List<Certificate>> byHost(List<Certificate> certificates) {
        var byHost = new HashMap<Hostname, List<Certificate>>();
        for (var certificate : certificates) {
            for (var host : certificate.hosts()) {
                var ofHost = byHost.computeIfAbsent(host, _ -> new ArrayList<>(1));
                if (ofHost.stream().noneMatch(other -> other.algorithm().equals(certificate.algorithm()))) {
                    ofHost.add(certificate);
                }
            }
        }
        byHost.replaceAll((_, ofHost) -> List.copyOf(ofHost));
        return Layered.of(byHost);
    }
}
