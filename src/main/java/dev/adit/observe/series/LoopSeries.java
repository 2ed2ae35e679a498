package dev.adit.observe.series;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.series.SeriesKey.Place;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.UpstreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Those of one event loop, which alone writes them. */
final class LoopSeries implements ExchangeObserver {
    /** What is beyond is counted without its route, so that memory has a bound whatever objects there are. */
    static final int MOST = 20_000;

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final int MOST_KNOWN = 1_024;

    private final Map<SeriesKey, Series> series = new ConcurrentHashMap<>();
    private final Map<Way, Place> places = new HashMap<>();

    /** A route at a host, and the Service that was asked. Routes are compared by identity: texts are for their place alone. */
    private record Way(Route route, Hostname host, @Nullable UpstreamId asked) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Way way
                    && isSame(route, way.route)
                    && host.equals(way.host)
                    && (asked == null ? way.asked == null : asked.equals(way.asked));
        }

        @SuppressWarnings("ReferenceEquality")
        private static boolean isSame(Route one, Route other) {
            return one == other;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(route) + (asked == null ? 0 : asked.hashCode());
        }
    }

    Map<SeriesKey, Series> series() {
        return series;
    }

    @Override
    public void finished(Finished request) {
        var method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
        of(new SeriesKey(place(request), method, request.status())).add(request);
    }

    /** For their size alone. */
    @Override
    public Optional<List<String>> heads() {
        return Optional.of(List.of());
    }

    private Series of(SeriesKey key) {
        var known = series.get(key);
        if (known != null) {
            return known;
        }
        if (series.size() < MOST) {
            return series.computeIfAbsent(key, _ -> new Series());
        }
        return series.computeIfAbsent(new SeriesKey(Place.NOWHERE, key.method(), key.status()), _ -> new Series());
    }

    private Place place(Finished request) {
        var route = request.route();
        var host = request.hostname();
        if (route == null || host == null) {
            return Place.NOWHERE;
        }
        var way = new Way(route, host, request.upstream());
        var known = places.get(way);
        if (known == null) {
            if (places.size() >= MOST_KNOWN) {
                places.clear(); // of tables that are gone, too
            }
            known = place(way);
            places.put(way, known);
        }
        return known;
    }

    private static Place place(Way way) {
        var origin = way.route().origin();
        var first = first(way.route().action());
        var asked = way.asked();
        var canary = asked == null || asked.equals(first) || first == null ? "" : name(asked);
        var service = first == null ? asked : first;
        return new Place(
                origin.kind(),
                origin.namespace(),
                origin.name(),
                way.host().text(),
                way.route().match().path().text(),
                service == null ? "" : service.service(),
                service == null ? 0 : service.port(),
                canary);
    }

    /** Of a route that is split, the Service of its first share: the others are canaries. */
    private static @Nullable UpstreamId first(Route.Action action) {
        return switch (action) {
            case Route.Action.Forward(var upstream, var _) -> upstream;
            case Route.Action.Split(var shares, var _) ->
                first(shares.getFirst().action());
            case Route.Action.Answer _ -> null;
        };
    }

    private static String name(UpstreamId upstream) {
        return upstream.namespace() + "-" + upstream.service() + "-" + upstream.port();
    }
}
