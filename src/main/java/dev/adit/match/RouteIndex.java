package dev.adit.match;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A routing table compiled for look-up; immutable after construction. */
public final class RouteIndex {
    private final Map<String, HostIndex> exact = new HashMap<>();
    private final Map<String, HostIndex> wildcard = new HashMap<>();
    private final @Nullable HostIndex any;
    private final @Nullable Route fallback;

    private RouteIndex(RoutingTable table) {
        HostIndex forEveryHost = null;
        for (var host : table.hosts()) {
            var index = new HostIndex(host);
            switch (host.name()) {
                case Hostname.Exact e -> exact.put(e.name(), index);
                case Hostname.Wildcard w -> wildcard.put(w.suffix(), index);
                case Hostname.Any _ -> forEveryHost = index;
            }
        }
        any = forEveryHost;
        fallback = table.fallback().orElse(null);
    }

    public static RouteIndex compile(RoutingTable table) {
        return new RouteIndex(table);
    }

    /**
     * The route of a request, or null when nothing takes it.
     *
     * @param host without port, in lower case and without a trailing dot
     * @param path as {@link RequestPath#normalize} returns it
     */
    public @Nullable Route match(String host, String path) {
        var index = owner(host);
        var route = index == null ? null : index.match(path);
        return route == null ? fallback : route;
    }

    /** The most specific host owns the request, even if none of its paths matches. */
    private @Nullable HostIndex owner(String host) {
        var index = exact.get(host);
        if (index == null && !wildcard.isEmpty()) {
            index = wildcard.get(Hostname.wildcardSuffix(host));
        }
        return index == null ? any : index;
    }

    private static final class HostIndex {
        private final PathIndex paths;
        private final @Nullable Route fallback;

        HostIndex(Host host) {
            paths = new PathIndex(host.routes());
            fallback = host.fallback().orElse(null);
        }

        @Nullable
        Route match(String path) {
            var route = paths.match(path);
            return route == null ? fallback : route;
        }
    }
}
