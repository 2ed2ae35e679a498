package dev.adit.match;

import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.EndpointTable;

/**
 * One published state of the world; a request keeps the one it began with.
 *
 * @param number counts the changes of routes or certificates; endpoints change within a generation
 */
public record Generation(long number, RoutingTable table, RouteIndex index, EndpointTable endpoints) {
    public static final Generation NONE =
            new Generation(0, RoutingTable.EMPTY, RouteIndex.compile(RoutingTable.EMPTY), EndpointTable.EMPTY);

    /** The same routes with other endpoints. */
    public Generation with(EndpointTable changed) {
        return new Generation(number, table, index, changed);
    }
}
