package dev.adit.match;

import dev.adit.match.MatchTrace.Outcome;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A routing table compiled for look-up; immutable after construction. */
public final class RouteIndex {
    private final Map<String, HostIndex> exact = new HashMap<>();
    private final Map<String, HostIndex> wildcard = new HashMap<>();
    private final Map<String, Route.Action.Forward> exactPassthrough = new HashMap<>();
    private final Map<String, Route.Action.Forward> wildcardPassthrough = new HashMap<>();
    private final @Nullable HostIndex any;
    private final @Nullable Route fallback;
    private final @Nullable ClientDemand otherDemand;
    private final boolean demandsClients;

    private RouteIndex(RoutingTable table) {
        HostIndex forEveryHost = null;
        otherDemand = ClientDemand.of(table.fallback().stream());
        var demands = otherDemand != null;
        for (var host : table.hosts()) {
            var index = new HostIndex(host, ClientDemand.of(host, table.fallback()));
            demands |= index.demand != null;
            switch (host.name()) {
                case Hostname.Exact e -> exact.put(e.name(), index);
                case Hostname.Wildcard w -> wildcard.put(w.suffix(), index);
                case Hostname.Any _ -> forEveryHost = index;
            }
        }
        table.passthrough().forEach((name, forward) -> {
            switch (name) {
                case Hostname.Exact(var exactName) -> exactPassthrough.put(exactName, forward);
                case Hostname.Wildcard(var suffix) -> wildcardPassthrough.put(suffix, forward);
                case Hostname.Any _ -> throw new IllegalArgumentException("TLS passes by name alone");
            }
        });
        demandsClients = demands;
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

    /** Whether there is any host whose TLS ends elsewhere. */
    public boolean hasPassthrough() {
        return !exactPassthrough.isEmpty() || !wildcardPassthrough.isEmpty();
    }

    /** Where the TLS of a server name ends, or null where it ends here. */
    public Route.Action.@Nullable Forward passthrough(String serverName) {
        var forward = exactPassthrough.get(serverName);
        return forward == null ? wildcardPassthrough.get(Hostname.wildcardSuffix(serverName)) : forward;
    }

    /** Whether any handshake asks clients for a certificate. */
    public boolean demandsClients() {
        return demandsClients;
    }

    /** What the handshake for a server name asks of the client, or null for nothing. */
    public @Nullable ClientDemand clientDemand(String serverName) {
        var owner = owner(serverName);
        return owner == null ? otherDemand : owner.demand;
    }

    /** The same question, with the reasons. */
    public MatchTrace trace(String host, String path) {
        var owner = owner(host);
        var candidates = new ArrayList<MatchTrace.Candidate>();
        Stream.of(exact.get(host), wildcard.get(Hostname.wildcardSuffix(host)), any)
                .filter(Objects::nonNull)
                .forEach(index -> index.candidates(path, index.equals(owner), candidates));
        if (fallback != null) {
            var outcome = owner == null || owner.match(path) == null ? Outcome.WINS : Outcome.NOT_NEEDED;
            candidates.add(new MatchTrace.Candidate(Hostname.ANY, fallback, true, outcome));
        }
        var name = Optional.ofNullable(owner).map(o -> o.host.name());
        return new MatchTrace(name, candidates, Optional.ofNullable(match(host, path)));
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
        private final Host host;
        private final PathIndex paths;
        private final @Nullable Route fallback;
        private final @Nullable ClientDemand demand;

        HostIndex(Host host, @Nullable ClientDemand demand) {
            this.host = host;
            this.demand = demand;
            paths = new PathIndex(host.routes());
            fallback = host.fallback().orElse(null);
        }

        @Nullable
        Route match(String path) {
            var route = paths.match(path);
            return route == null ? fallback : route;
        }

        void candidates(String path, boolean owns, List<MatchTrace.Candidate> found) {
            var winner = owns ? paths.match(path) : null;
            for (var route : host.routes()) {
                found.add(new MatchTrace.Candidate(host.name(), route, false, outcome(route, path, owns, winner)));
            }
            if (fallback != null) {
                var needed = winner == null ? Outcome.WINS : Outcome.NOT_NEEDED;
                found.add(new MatchTrace.Candidate(host.name(), fallback, true, owns ? needed : Outcome.OTHER_HOST));
            }
        }

        private static Outcome outcome(Route route, String path, boolean owns, @Nullable Route winner) {
            if (!owns) {
                return Outcome.OTHER_HOST;
            }
            if (route.equals(winner)) {
                return Outcome.WINS;
            }
            return PathIndex.matches(route.path(), path) ? Outcome.LESS_SPECIFIC : Outcome.OTHER_PATH;
        }
    }
}
