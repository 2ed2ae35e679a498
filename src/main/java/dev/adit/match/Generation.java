package dev.adit.match;

import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.EndpointTable;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One published state of the world; a request keeps the one it began with.
 *
 * @param number counts the changes of routes or certificates; endpoints change within a generation
 * @param index of the hosts of Ingresses
 * @param ports of those of the listeners of Gateways, by the port that these state
 */
public record Generation(
        long number, RoutingTable table, RouteIndex index, Map<Integer, RouteIndex> ports, EndpointTable endpoints) {
    // As objects, lest each request make one to look up its port.
    private static final Integer HTTP = RoutingTable.HTTP;
    private static final Integer HTTPS = RoutingTable.HTTPS;

    public static final Generation NONE =
            new Generation(0, RoutingTable.EMPTY, RouteIndex.compile(RoutingTable.EMPTY), EndpointTable.EMPTY);

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
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> RouteIndex.compile(entry.getValue())));
    }

    /** The next one, in which Gateways are as they were. */
    public Generation next(RoutingTable changed, RouteIndex compiled, EndpointTable others) {
        return new Generation(number + 1, changed, compiled, ports, others);
    }

    /**
     * The route of a request, or null when nothing takes it.
     *
     * @param isSecure whether it came in by TLS, and so to {@link RoutingTable#HTTPS}
     * @throws dev.adit.routing.RegexBudget.SpentException where an expression takes too long for it
     */
    public @Nullable Route match(RoutingRequest request, boolean isSecure) {
        var ofGateways = ofGateways(isSecure);
        return ofGateways == null ? index.match(request) : ofGateways.matchBefore(index, request);
    }

    /** The index in which the host is that owns a request. */
    public RouteIndex owning(String host, boolean isSecure) {
        var ofGateways = ofGateways(isSecure);
        return ofGateways != null && ofGateways.owns(index, host) ? ofGateways : index;
    }

    private @Nullable RouteIndex ofGateways(boolean isSecure) {
        return ports.isEmpty() ? null : ports.get(isSecure ? HTTPS : HTTP);
    }
}
