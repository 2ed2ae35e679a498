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

/**
 * Everything that decides where a request goes and which certificate a connection gets.
 *
 * @param hosts those of Ingresses, on both of their ports
 * @param certificates one for each kind of key that a host has
 * @param ports those of the listeners of Gateways, by the port that these state
 */
public record RoutingTable(
        Layered<Hostname, Host> hosts,
        Layered<Hostname, List<Certificate>> certificates,
        Map<Integer, Layered<Hostname, Host>> ports) {
    /** Where requests without TLS come in, as clients and listeners name it, whichever port it is on this machine. */
    public static final int HTTP = 80;

    /** Where those with TLS do. */
    public static final int HTTPS = 443;

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

    /**
     * The same with Gateways.
     *
     * @param ports the hosts of their listeners
     */
    public RoutingTable(List<Host> hosts, List<Certificate> certificates, Map<Integer, List<Host>> ports) {
        this(
                byName(hosts),
                Layered.of(byHost(certificates)),
                ports.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> byName(entry.getValue()))));
    }

    private static Layered<Hostname, Host> byName(List<Host> hosts) {
        return Layered.of(hosts.stream().collect(Collectors.toMap(Host::name, Function.identity())));
    }

    /** As people look for them; the table itself has no order. */
    public List<Host> hostsByName() {
        return sorted(hosts);
    }

    /** Likewise those of Gateways. */
    public SortedMap<Integer, List<Host>> portsByNumber() {
        var sorted = new TreeMap<Integer, List<Host>>();
        ports.forEach((port, ofPort) -> sorted.put(port, sorted(ofPort)));
        return sorted;
    }

    private static List<Host> sorted(Layered<Hostname, Host> hosts) {
        return hosts.values().stream()
                .sorted(Comparator.comparing(host -> host.name().text()))
                .toList();
    }

    /** Each once. */
    public List<Certificate> certificatesByName() {
        return certificates.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(BY_NAME)
                .toList();
    }

    private static Map<Hostname, List<Certificate>> byHost(List<Certificate> certificates) {
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
        return byHost;
    }
}
