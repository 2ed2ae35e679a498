package dev.adit.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A hostname with its routes, the most specific first.
 *
 * @param owner the namespace that decides what is one for the whole host, such as what its handshakes ask for
 * @param fallback for the requests to this host that no route matches
 */
public record Host(Hostname name, String owner, List<Route> routes, Optional<Route> fallback) {
    private static final Comparator<Route> PRECEDENCE =
            Comparator.comparing(Route::path, PathMatch.MOST_SPECIFIC_FIRST);

    public Host {
        routes = routes.stream().sorted(PRECEDENCE).toList();
    }
}
