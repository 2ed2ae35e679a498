package dev.adit.routing;

import java.util.List;

/**
 * A hostname with all its routes, in the order of {@link Route#PRECEDENCE}; a default backend is the last of them.
 *
 * @param owner the namespace that decides what is one for the whole host, such as what its handshakes ask for
 * @param routes in any order, where routes with the same precedence are given oldest first
 */
public record Host(Hostname name, String owner, List<Route> routes) {
    public Host {
        routes = routes.stream().sorted(Route.PRECEDENCE).toList();
    }
}
