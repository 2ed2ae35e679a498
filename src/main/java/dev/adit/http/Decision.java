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
     * The share that a request comes to, by the endpoints of this moment.
     *
     * @param sessions asked for the share that the client is to stay with
     */
    static Route.Share drawn(Generation generation, Route.Action.Split split, Sessions sessions) {
        for (var share : split.shares()) {
            if (of(generation, share.action()) instanceof Forward target && sessions.isAt(target)) {
                return share;
            }
        }
        var drawn = drawn(split);
        return split.givesWay() && !hasEndpoint(generation, drawn.action())
                ? split.shares().getFirst()
                : drawn;
    }

    /** What becomes of a connection whose bytes pass. */
    static Decision of(Generation generation, Tunnel tunnel) {
        return of(
                generation,
                tunnel.action() instanceof Route.Action.Split split
                        ? drawn(split).action()
                        : tunnel.action());
    }

    private static boolean hasEndpoint(Generation generation, Route.Action action) {
        return action instanceof Route.Action.Forward(var upstream, var _)
                && !generation.endpoints().of(upstream).isEmpty();
    }

    /** By the endpoints of this moment; of a route that splits its requests, a share has been drawn before. */
    static Decision of(Generation generation, Route.Action action) {
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

    private static Route.Share drawn(Route.Action.Split split) {
        var total = 0;
        for (var share : split.shares()) {
            total += share.weight();
        }
        var drawn = ThreadLocalRandom.current().nextInt(total);
        for (var share : split.shares()) {
            drawn -= share.weight();
            if (drawn < 0) {
                return share;
            }
        }
        throw new AssertionError("the weights of " + split.shares() + " are all zero");
    }
}
