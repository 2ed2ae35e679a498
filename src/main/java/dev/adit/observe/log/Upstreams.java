package dev.adit.observe.log;

import dev.adit.observe.Finished;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.UpstreamId;
import org.jspecify.annotations.Nullable;

/** What a line says of the endpoints that were tried: of several, one after the other, as nginx does. */
final class Upstreams {
    private static final String NONE = "-";
    private static final String NEXT = ", ";

    private Upstreams() {}

    /** The Service that was asked, or else that of the route. */
    static @Nullable UpstreamId of(Finished request) {
        var asked = request.upstream();
        return asked == null ? ofRoute(request) : asked;
    }

    private static @Nullable UpstreamId ofRoute(Finished request) {
        var route = request.route();
        return route == null ? null : of(route.action());
    }

    /** Of a route that is split, its first share: the others are canaries. */
    private static @Nullable UpstreamId of(Route.Action action) {
        return switch (action) {
            case Route.Action.Forward(var upstream, var _) -> upstream;
            case Route.Action.Split(var shares, var _) -> of(shares.getFirst().action());
            case Route.Action.Answer _ -> null;
        };
    }

    /** Namespace, Service and port, as ingress-nginx names an upstream; null where the route has none. */
    static @Nullable String name(Finished request) {
        var upstream = ofRoute(request);
        return upstream == null ? null : name(upstream);
    }

    /** The name of the canary that was asked, or nothing. */
    static String alternative(Finished request) {
        var asked = request.upstream();
        return asked == null || asked.equals(ofRoute(request)) ? "" : name(asked);
    }

    private static String name(UpstreamId upstream) {
        return upstream.namespace() + "-" + upstream.service() + "-" + upstream.port();
    }

    static void addresses(Finished request, Line line) {
        request.earlier()
                .forEach(attempt -> line.raw(attempt.endpoint().toString()).raw(NEXT));
        var endpoint = request.endpoint();
        line.raw(endpoint == null ? NONE : endpoint.toString());
    }

    static void lengths(Finished request, Line line) {
        request.earlier().forEach(_ -> line.raw("0, "));
        if (request.endpoint() == null) {
            line.raw(NONE);
        } else {
            line.number(hasAnswered(request) ? request.responseBytes() : 0);
        }
    }

    static void times(Finished request, Line line) {
        request.earlier().forEach(attempt -> line.seconds(attempt.nanos()).raw(NEXT));
        if (request.endpoint() == null) {
            line.raw(NONE);
        } else {
            line.seconds(request.nanosOfAttempt());
        }
    }

    static void headTimes(Finished request, Line line) {
        request.earlier().forEach(_ -> line.raw("-, "));
        if (hasAnswered(request)) {
            line.seconds(request.nanosToHead());
        } else {
            line.raw(NONE);
        }
    }

    static void statuses(Finished request, Line line) {
        request.earlier().forEach(attempt -> line.number(attempt.status()).raw(NEXT));
        if (request.endpoint() == null || request.status() == Finished.NO_STATUS) {
            line.raw(NONE);
        } else {
            line.number(request.status());
        }
    }

    static boolean hasAnswered(Finished request) {
        return request.nanosToHead() != Finished.NO_HEAD;
    }
}
