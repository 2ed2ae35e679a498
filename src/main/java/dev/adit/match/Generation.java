package dev.adit.match;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.EndpointTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One published state of the world; a request keeps the one it began with.
 *
 * @param number counts the changes of routes or certificates; endpoints change within a generation
 * @param index of the hosts of Ingresses
 * @param ports of those of the listeners of Gateways, by the ports of the table
 */
public record Generation(
        long number, RoutingTable table, RouteIndex index, Map<Integer, RouteIndex> ports, EndpointTable endpoints) {
    private static final RouteIndex NOTHING = RouteIndex.compile(RoutingTable.EMPTY);

    public static final Generation NONE = new Generation(0, RoutingTable.EMPTY, NOTHING, EndpointTable.EMPTY);

    /** The same routes with other endpoints. */
    public Generation with(EndpointTable changed) {
        return new Generation(number, table, index, ports, changed);
    }

    /** With the listeners of Gateways as the table has them. */
    public Generation(long number, RoutingTable table, RouteIndex index, EndpointTable endpoints) {
        this(number, table, index, compiled(table), endpoints);
    }

    private static Map<Integer, RouteIndex> compiled(RoutingTable table) {
        return table.ports().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> RouteIndex.compile(entry.getValue().hosts())));
    }

    /**
     * The next one, in which all hosts are as they were but these.
     *
     * @param hosts those of Ingresses; empty for one that goes
     * @param ofPorts those of the listeners of Gateways
     */
    public Generation next(
            RoutingTable changed,
            Map<Hostname, Optional<Host>> hosts,
            Map<Integer, Map<Hostname, Optional<Host>>> ofPorts,
            EndpointTable others) {
        var compiled = new HashMap<>(ports);
        ofPorts.forEach((port, some) -> compiled.computeIfPresent(port, (_, before) -> before.with(some)));
        return new Generation(number + 1, changed, index.with(hosts), Map.copyOf(compiled), others);
    }

    /**
     * The route of a request, or null when nothing takes it.
     *
     * @param port to which it came, as {@link RoutingTable#ports} names it
     * @throws dev.adit.routing.RegexBudget.SpentException where an expression takes too long for it
     */
    public @Nullable Route match(RoutingRequest request, Integer port) {
        var ofGateways = ofGateways(port);
        if (!RoutingTable.isShared(port)) {
            return ofGateways == null ? null : ofGateways.match(request);
        }
        return ofGateways == null ? index.match(request) : ofGateways.matchBefore(index, request);
    }

    /**
     * Whether a request for a host has come by a connection that was made for another listener, where listeners have the port for
     * themselves.
     *
     * @param isSecure whether TLS ends where it came in
     * @param serverName that the handshake asked for; empty for none
     */
    public boolean isMisdirected(Integer port, boolean isSecure, String serverName, String host) {
        if (RoutingTable.isShared(port)) {
            return false;
        }
        var table = table().ports().get(port);
        if (table != null && table.use().isSecure() != isSecure) {
            return true; // which it was not when the connection was made
        }
        var ofPort = ports.get(port);
        return ofPort != null && !serverName.isEmpty() && !serverName.equals(host) && ofPort.areApart(serverName, host);
    }

    /** The index in which the host is that owns a request. */
    public RouteIndex owning(String host, Integer port) {
        var ofGateways = ofGateways(port);
        if (!RoutingTable.isShared(port)) {
            return ofGateways == null ? NOTHING : ofGateways;
        }
        return ofGateways != null && ofGateways.owns(index, host) ? ofGateways : index;
    }

    /** Whether any handshake on a port asks clients for a certificate. */
    public boolean demandsClients(Integer port) {
        var ofGateways = ofGateways(port);
        return (ofGateways != null && ofGateways.demandsClients())
                || (RoutingTable.isShared(port) && index.demandsClients());
    }

    private @Nullable RouteIndex ofGateways(Integer port) {
        return ports.isEmpty() ? null : ports.get(port);
    }
}
