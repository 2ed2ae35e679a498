package dev.adit.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides where a request goes and which certificate a connection gets.
 *
 * @param fallback for the requests that no host or route matches
 * @param passthrough the hosts whose TLS ends at the endpoint
 */
public record RoutingTable(
        List<Host> hosts,
        Optional<Route> fallback,
        List<Certificate> certificates,
        Map<Hostname, Route.Action.Forward> passthrough) {
    public static final RoutingTable EMPTY = new RoutingTable(List.of(), Optional.empty(), List.of());

    public RoutingTable(List<Host> hosts, Optional<Route> fallback, List<Certificate> certificates) {
        this(hosts, fallback, certificates, Map.of());
    }

    /** As people look for them; the table itself has no order. */
    public List<Host> hostsByName() {
        return hosts.stream()
                .sorted(Comparator.comparing(host -> host.name().text()))
                .toList();
    }

    public RoutingTable {
        hosts = List.copyOf(hosts);
        certificates = List.copyOf(certificates);
        passthrough = Map.copyOf(passthrough);
    }
}
