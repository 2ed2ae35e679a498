package dev.adit.http;

import dev.adit.match.Generation;
import dev.adit.routing.Route;
import dev.adit.routing.Tunnel;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What becomes of a request that all filters of its route have let through. */
public sealed interface Decision {
    /** Send it to one of the endpoints, of which there is at least one. */
    record Forward(UpstreamId upstream, UpstreamPolicy policy, List<Endpoint> endpoints) implements Decision {}

    /** Answer as the route says. */
    record Answer(int status, String reason) implements Decision {}

    record Refuse(Refusal error) implements Decision {}

    Decision NO_ENDPOINT = new Refuse(Refusal.NO_ENDPOINT);
    Decision UNAVAILABLE = new Refuse(Refusal.ROUTE_UNAVAILABLE);

    /** Whether a client has been served by one of these endpoints before, and is to stay there. */
    @FunctionalInterface
    interface Sessions {
        Sessions NONE = _ -> false;

        boolean isAt(Forward target);
    }

    /**
     * By the routes of this moment.
     *
     * @param sessions asked where a route splits its requests
     */
    static Decision of(Generation generation, Route route, Sessions sessions) {
        if (route.action() instanceof Route.Action.Split(var shares, var _)) {
            for (var share : shares) {
                if (of(generation, share.action()) instanceof Forward target && sessions.isAt(target)) {
                    return target;
                }
            }
        }
        var action = share(route.action());
        return route.action() instanceof Route.Action.Split(var shares, var givesWay)
                        && givesWay
                        && !hasEndpoint(generation, action)
                ? of(generation, shares.getFirst().action())
                : of(generation, action);
    }

    /** Likewise of a connection whose bytes pass. */
    static Decision of(Generation generation, Tunnel tunnel) {
        return of(generation, share(tunnel.action()));
    }

    private static boolean hasEndpoint(Generation generation, Route.Action action) {
        return action instanceof Route.Action.Forward(var upstream, var _)
                && !generation.endpoints().of(upstream).isEmpty();
    }

    private static Decision of(Generation generation, Route.Action action) {
        return switch (action) {
            case Route.Action.Answer(var status, var reason) ->
                status == Refusal.ROUTE_UNAVAILABLE.status() ? UNAVAILABLE : new Answer(status, reason);
            case Route.Action.Split _ -> throw new AssertionError("a share has been drawn");
            case Route.Action.Forward(var upstream, var policy) -> {
                var endpoints = generation.endpoints().of(upstream);
                yield endpoints.isEmpty() ? NO_ENDPOINT : new Forward(upstream, policy, endpoints);
            }
        };
    }

    /** One of the actions that a route splits its requests between, by weight. */
    private static Route.Action share(Route.Action action) {
        if (!(action instanceof Route.Action.Split(var shares, var _))) {
            return action;
        }
        var total = 0;
        for (var share : shares) {
            total += share.weight();
        }
        var drawn = ThreadLocalRandom.current().nextInt(total);
        for (var share : shares) {
            drawn -= share.weight();
            if (drawn < 0) {
                return share.action();
            }
        }
        throw new AssertionError("the weights of " + shares + " are all zero");
    }
}
