package dev.adit.observe.log;

import dev.adit.http.Refusal;
import dev.adit.observe.Attempt;
import dev.adit.observe.Finished;
import dev.adit.observe.RouteUpstreams;
import dev.adit.routing.upstream.UpstreamId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a line says of the endpoints that were tried: of several, one after the other, as nginx does. */
final class Upstreams {
    private static final String NONE = "-";
    private static final String NEXT = ", ";
    private static final String DEFAULT_BACKEND = "upstream-default-backend"; // as ingress-nginx calls it

    private Upstreams() {}

    static @Nullable UpstreamId ofRoute(Finished request) {
        var route = request.route();
        return route == null ? null : RouteUpstreams.main(route);
    }

    /** Namespace, Service and port, as ingress-nginx names an upstream. */
    static void name(Finished request, Line line) {
        var upstream = ofRoute(request);
        if (upstream != null) {
            name(upstream, line);
        } else {
            line.raw(request.reason() == Refusal.NO_ROUTE ? DEFAULT_BACKEND : NONE);
        }
    }

    /** The name of the canary that was asked, or nothing. */
    static void alternative(Finished request, Line line) {
        var route = request.route();
        var canary = route == null ? null : RouteUpstreams.canary(route, request.upstream());
        if (canary != null) {
            name(canary, line);
        }
    }

    private static void name(UpstreamId upstream, Line line) {
        line.raw(upstream.namespace()).raw('-').raw(upstream.service()).raw('-').number(upstream.port());
    }

    /** Almost no request has any: an iterator for nothing would be made five times a line. */
    private static void earlier(Finished request, Line line, Consumer<Attempt> write) {
        var earlier = request.earlier();
        if (!earlier.isEmpty()) {
            for (var attempt : earlier) {
                write.accept(attempt);
                line.raw(NEXT);
            }
        }
    }

    static void addresses(Finished request, Line line) {
        earlier(request, line, attempt -> line.endpoint(attempt.endpoint()));
        var endpoint = request.endpoint();
        if (endpoint == null) {
            line.raw(NONE);
        } else {
            line.endpoint(endpoint);
        }
    }

    static void lengths(Finished request, Line line) {
        earlier(request, line, _ -> line.raw('0'));
        if (request.endpoint() == null) {
            line.raw(NONE);
        } else {
            line.number(hasAnswered(request) ? request.responseBytes() : 0);
        }
    }

    static void times(Finished request, Line line) {
        earlier(request, line, attempt -> line.seconds(attempt.nanos()));
        if (request.endpoint() == null) {
            line.raw(NONE);
        } else {
            line.seconds(request.nanosOfAttempt());
        }
    }

    static void headTimes(Finished request, Line line) {
        earlier(request, line, _ -> line.raw(NONE));
        if (hasAnswered(request)) {
            line.seconds(request.nanosOfAttemptToHead());
        } else {
            line.raw(NONE);
        }
    }

    /** Of one that has not answered, what the client got in its place. */
    static void statuses(Finished request, Line line) {
        earlier(request, line, attempt -> line.number(attempt.status()));
        if (request.endpointStatus() != Finished.NO_STATUS) {
            line.number(request.endpointStatus());
        } else if (request.endpoint() == null
                || request.reason() == null
                || !request.reason().isOfEndpoint()) {
            line.raw(NONE);
        } else {
            line.number(request.status());
        }
    }

    static boolean hasAnswered(Finished request) {
        return request.nanosToHead() != Finished.NO_HEAD;
    }
}
