package dev.adit.observe.series;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.HttpConventions;
import dev.adit.observe.RouteUpstreams;
import dev.adit.observe.Way;
import dev.adit.observe.series.SeriesKey.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Those of one event loop, which alone writes them. */
final class LoopSeries implements ExchangeObserver {
    /** What is beyond is counted without its route, so that memory has a bound whatever objects there are. */
    static final int MOST = 5_000;

    /** Likewise of one place: an endpoint may answer any status that its clients ask for. */
    static final int MOST_OF_PLACE = 64;

    private static final int MOST_KNOWN = 1_024;
    private static final int STATUSES = 1_000;

    private final Map<SeriesKey, Series> series = new ConcurrentHashMap<>();
    private final Map<Place, TunnelSeries> tunnels = new ConcurrentHashMap<>();
    private final Map<Way, OfPlace> places = new HashMap<>();
    private final OfPlace nowhere = new OfPlace(Place.NOWHERE);

    /** The series of a place by method and status, which every request asks for. */
    private static final class OfPlace {
        private final Place place;
        private final Map<Integer, Series> series = new HashMap<>();

        OfPlace(Place place) {
            this.place = place;
        }
    }

    Map<SeriesKey, Series> series() {
        return series;
    }

    Map<Place, TunnelSeries> tunnels() {
        return tunnels;
    }

    /** For their size alone. */
    @Override
    public Optional<List<String>> heads() {
        return Optional.of(List.of());
    }

    @Override
    public void finished(Finished request) {
        of(place(request), request).add(request);
    }

    @Override
    public void ended(FinishedTunnel tunnel) {
        var place = place(tunnel);
        var known = tunnels.get(place);
        if (known == null) {
            known = tunnels.computeIfAbsent(tunnels.size() < MOST ? place : Place.NOWHERE, _ -> new TunnelSeries());
        }
        known.add(tunnel);
    }

    private static Place place(FinishedTunnel tunnel) {
        var origin = tunnel.tunnel().origin();
        var service = tunnel.upstream();
        return new Place(
                origin.kind(),
                origin.namespace(),
                origin.name(),
                tunnel.host().text(),
                "",
                service == null ? "" : service.service(),
                "");
    }

    private Series of(OfPlace place, Finished request) {
        var method = Math.max(0, HttpConventions.METHODS.indexOf(request.method()));
        var key = method * STATUSES + request.status();
        var known = place.series.get(key);
        if (known == null) {
            known = of(place, HttpConventions.METHODS.get(method), request.status());
            place.series.put(key, known);
        }
        return known;
    }

    /** A series that there was before the table changed is found again. */
    private Series of(OfPlace of, String method, int status) {
        var key = new SeriesKey(of.place, method, status);
        var known = series.get(key);
        if (known != null) {
            return known;
        }
        var isBeyond = series.size() >= MOST || of.series.size() >= MOST_OF_PLACE;
        return series.computeIfAbsent(isBeyond ? new SeriesKey(Place.NOWHERE, method, status) : key, _ -> new Series());
    }

    private OfPlace place(Finished request) {
        var route = request.route();
        var host = request.hostname();
        if (route == null || host == null) {
            return nowhere;
        }
        var way = new Way(route, host, request.upstream());
        var known = places.get(way);
        if (known == null) {
            if (places.size() >= MOST_KNOWN) {
                places.clear(); // of tables that are gone, too
            }
            known = new OfPlace(place(way));
            places.put(way, known);
        }
        return known;
    }

    private static Place place(Way way) {
        var origin = way.route().origin();
        var main = RouteUpstreams.main(way.route());
        var canary = RouteUpstreams.canary(way.route(), way.asked());
        return new Place(
                origin.kind(),
                origin.namespace(),
                origin.name(),
                way.host().text(),
                way.route().match().path().text(),
                main == null ? "" : main.service(),
                canary == null ? "" : RouteUpstreams.name(canary));
    }
}
