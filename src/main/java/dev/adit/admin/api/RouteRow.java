package dev.adit.admin.api;

import dev.adit.observe.statistics.RouteKey;
import dev.adit.routing.Host;
import dev.adit.routing.PortTable;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.text.RoutingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A route at a host, or what connections of the host pass through unread.
 *
 * @param port of a Gateway as its listeners state it, or 0 for both ports of Ingresses
 * @param key by which it is counted
 * @param searched everything that it is found by, in lower case
 */
record RouteRow(
        Host host, int port, RouteKey key, Route.Action action, RouteOrigin origin, String text, String searched) {
    /** All of a table, host by host. */
    static List<RouteRow> of(RoutingTable table) {
        var rows = new ArrayList<RouteRow>();
        table.hostsByName().forEach(host -> add(rows, host, 0));
        table.portsByNumber()
                .values()
                .forEach(port -> port.hostsByName().forEach(host -> add(rows, host, stated(port))));
        return rows;
    }

    private static int stated(PortTable port) {
        return port.stated();
    }

    private static void add(List<RouteRow> rows, Host host, int port) {
        Stream.concat(
                        host.tunnel().stream().map(tunnel -> of(host, port, tunnel)),
                        host.routes().stream().map(route -> of(host, port, route)))
                .forEach(rows::add);
    }

    private static RouteRow of(Host host, int port, Tunnel tunnel) {
        var key = RouteKey.of(host.name(), tunnel);
        return of(host, port, key, tunnel.action(), tunnel.origin(), RoutingText.tunnel(tunnel));
    }

    private static RouteRow of(Host host, int port, Route route) {
        var key = RouteKey.of(host.name(), route);
        return of(host, port, key, route.action(), route.origin(), RoutingText.action(route));
    }

    private static RouteRow of(
            Host host, int port, RouteKey key, Route.Action action, RouteOrigin origin, String text) {
        var searched = String.join(" ", key.host(), key.match(), text, origin.toString());
        return new RouteRow(host, port, key, action, origin, text, searched.toLowerCase(Locale.ROOT));
    }
}
