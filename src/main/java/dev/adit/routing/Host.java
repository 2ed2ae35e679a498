package dev.adit.routing;

import java.util.List;
import java.util.Optional;

/**
 * A hostname with all its routes, in the order of {@link Route#PRECEDENCE}; a default backend is the last of them.
 *
 * @param owner the namespace that decides what is one for the whole host, such as what its handshakes ask for
 * @param routes in any order, where routes with the same precedence are given oldest first
 * @param tunnel where its connections go unread; empty where the routes take the requests in them
 * @param listener the hostname of the listener of a Gateway that it belongs to; its own name where no route names it
 */
public record Host(Hostname name, String owner, List<Route> routes, Optional<Tunnel> tunnel, Hostname listener) {
    public Host {
        routes = routes.stream().sorted(Route.PRECEDENCE).toList();
    }

    /** One whose requests are read. */
    public Host(Hostname name, String owner, List<Route> routes) {
        this(name, owner, routes, Optional.empty());
    }

    /** One that belongs to no listener of a Gateway. */
    public Host(Hostname name, String owner, List<Route> routes, Optional<Tunnel> tunnel) {
        this(name, owner, routes, tunnel, name);
    }
}
