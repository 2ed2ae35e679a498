package dev.adit.routing;

import java.util.List;
import java.util.Optional;

/**
 * A hostname with all its routes, in the order of {@link Route#PRECEDENCE}; a default backend is the last of them.
 *
 * @param owner the namespace that decides what is one for the whole host, such as what its handshakes ask for
 * @param routes in any order, where routes with the same precedence are given oldest first
 * @param passthrough where its TLS ends; empty where it ends here, and the routes take the requests in it
 * @param listener the hostname of the listener of a Gateway that it belongs to; its own name where no route names it
 */
public record Host(
        Hostname name,
        String owner,
        List<Route> routes,
        Optional<Route.Action.Forward> passthrough,
        Hostname listener) {
    public Host {
        routes = routes.stream().sorted(Route.PRECEDENCE).toList();
    }

    /** One whose TLS ends here. */
    public Host(Hostname name, String owner, List<Route> routes) {
        this(name, owner, routes, Optional.empty());
    }

    /** One that belongs to no listener of a Gateway. */
    public Host(Hostname name, String owner, List<Route> routes, Optional<Route.Action.Forward> passthrough) {
        this(name, owner, routes, passthrough, name);
    }
}
