package dev.adit.observe.statistics;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.Way;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import java.util.HashMap;
import java.util.Map;

/** Counts the requests of one event loop. */
final class LoopStatistics implements ExchangeObserver {
    private final Statistics all;
    private final int loop;
    private final Tally total;
    private final LoopRequests requests = new LoopRequests();
    private final Map<Way, Tally> routes = new HashMap<>();
    private final Map<EndpointKey, Tally> endpoints = new HashMap<>();
    private long period;

    LoopStatistics(Statistics all, int loop, Tally total) {
        this.all = all;
        this.loop = loop;
        this.total = total;
    }

    LoopRequests requests() {
        return requests;
    }

    @Override
    public void ended(FinishedTunnel tunnel) {
        begin();
        var outcome = switch (tunnel.result()) {
            case PASSED -> Outcome.SUCCESS;
            case FAILED -> Outcome.SERVER_ERROR;
            case CLIENT_GONE -> Outcome.CLIENT_GONE;
        };
        tunnel.earlier()
                .forEach(attempt ->
                        endpoint(attempt.upstream(), attempt.endpoint()).add(Outcome.SERVER_ERROR, attempt.nanos()));
        count(all.routes().tally(RouteKey.of(tunnel.host(), tunnel.tunnel()), loop), outcome, tunnel);
        if (tunnel.upstream() != null && tunnel.endpoint() != null) {
            count(endpoint(tunnel.upstream(), tunnel.endpoint()), outcome, tunnel);
        }
    }

    /** Its latency is how long an endpoint took to take it. */
    private static void count(Tally tally, Outcome outcome, FinishedTunnel tunnel) {
        if (tunnel.result() == FinishedTunnel.Result.PASSED) {
            tally.add(outcome, tunnel.nanosToConnect());
        } else {
            tally.add(outcome);
        }
    }

    private void begin() {
        if (period != all.period()) {
            period = all.period();
            routes.clear(); // those of tables that are gone, too
            endpoints.clear();
        }
    }

    @Override
    public void finished(Finished request) {
        begin();
        var outcome = Outcome.of(request);
        count(total, outcome, request);
        count(route(request), outcome, request);
        requests.add(
                request,
                outcome,
                System.nanoTime(),
                request.nanosToHead() == Finished.NO_HEAD ? request.nanos() : request.nanosToHead());
        endpoints(request);
    }

    /** A refusal takes no time, and what a client waited until it left says nothing; a timeout does. */
    private static void count(Tally tally, Outcome outcome, Finished request) {
        if (request.nanosToHead() != Finished.NO_HEAD) {
            tally.add(outcome, request.nanosToHead());
        } else if (outcome == Outcome.SERVER_ERROR && request.endpoint() != null) {
            tally.add(outcome, request.nanos());
        } else {
            tally.add(outcome);
        }
    }

    private void endpoints(Finished request) {
        if (!request.earlier().isEmpty()) { // it almost always is, and then no iterator is made
            for (var attempt : request.earlier()) {
                endpoint(attempt.upstream(), attempt.endpoint()).add(Outcome.of(attempt.status()), attempt.nanos());
            }
        }
        var upstream = request.upstream();
        var endpoint = request.endpoint();
        var outcome = Outcome.ofEndpoint(request);
        if (upstream == null || endpoint == null || outcome == null) {
            return;
        }
        var tally = endpoint(upstream, endpoint);
        if (request.nanosToHead() == Finished.NO_HEAD) {
            tally.add(outcome);
        } else {
            tally.add(outcome, request.nanosOfAttemptToHead());
        }
    }

    private Tally route(Finished request) {
        var route = request.route();
        var host = request.hostname();
        if (route == null || host == null) {
            return all.routes().tally(RouteKey.NONE, loop);
        }
        var way = new Way(route, host, null);
        var known = routes.get(way);
        if (known == null) {
            known = all.routes().tally(RouteKey.of(host, route), loop);
            routes.put(way, known);
        }
        return known;
    }

    private Tally endpoint(UpstreamId upstream, Endpoint endpoint) {
        var key = new EndpointKey(upstream, endpoint);
        var known = endpoints.get(key);
        if (known == null) {
            known = all.endpoints().tally(key, loop);
            endpoints.put(key, known);
        }
        return known;
    }
}
