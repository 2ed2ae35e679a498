package dev.adit.routing;

import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What happens to the requests that match.
 *
 * @param policies what the route does beyond its action; at most one of each kind, mirrors apart
 * @param origin where it was written
 */
public record Route(RouteMatch match, List<Policy> policies, Action action, RouteOrigin origin) {
    /**
     * Of several routes that match a request, the first one in this order takes it.
     *
     * <p>Gateway API, HTTPRouteRule.matches: "precedence must be given to the match having: 'Exact' path match; 'Prefix'
     * path match with largest number of characters; method match; largest number of header matches; largest number of
     * query param matches. If ties still exist across multiple Routes, matching precedence MUST be determined in order of
     * the oldest Route based on creation timestamp". The age is the order in which routes are added: the order is stable.
     *
     * <p>Ingress v1: "precedence will be given first to the longest matching path. If two paths are still equally matched,
     * precedence will be given to paths with an exact path type over prefix path type". That is the same order, since an
     * exact path that matches is as long as the request's, and no prefix that matches is longer.
     *
     * <p>Both leave regular expressions open. They come between exact paths and prefixes, the longest expression first.
     */
    public static final Comparator<Route> PRECEDENCE = Comparator.comparingInt(
                    (Route route) -> kind(route.match.path()))
            .thenComparing(route -> route.match.path().length(), Comparator.reverseOrder())
            .thenComparing(route -> route.match.path().text())
            .thenComparing(route -> route.match.method().isEmpty())
            .thenComparing(Route::fieldConditions, Comparator.reverseOrder())
            .thenComparing(route -> route.match.query().size(), Comparator.reverseOrder());

    public Route {
        policies = List.copyOf(policies);
    }

    public Route(RouteMatch match, Action action, RouteOrigin origin) {
        this(match, List.of(), action, origin);
    }

    /** What happens to a request. */
    public sealed interface Action {
        /** The same with another action in place of each that a request may come to. */
        default Action each(UnaryOperator<Action> change) {
            return this instanceof Split(var shares, var givesWay)
                    ? new Split(
                            shares.stream()
                                    .map(share ->
                                            new Share(share.weight(), change.apply(share.action()), share.policies()))
                                    .toList(),
                            givesWay)
                    : change.apply(this);
        }

        /** Send the request to one endpoint of the upstream. */
        record Forward(UpstreamId upstream, UpstreamPolicy policy) implements Action {}

        /**
         * Answer the request here.
         *
         * @param reason one word in camel case, such as the {@code ServiceNotFound} of an Event
         */
        record Answer(int status, String reason) implements Action {}

        /**
         * Take one of these for each request, as often as its weight says; at least one weight is more than zero.
         *
         * @param givesWay whether the first one is taken where that one has no endpoint
         */
        record Split(List<Share> shares, boolean givesWay) implements Action {
            public Split {
                shares = List.copyOf(shares);
                if (shares.stream().allMatch(share -> share.weight() == 0)) {
                    throw new IllegalArgumentException("no share of " + shares + " is more than nothing");
                }
            }
        }
    }

    /**
     * One of the actions that a route splits its requests between.
     *
     * @param policies what is done to those that come to it, beyond what the route does to all
     */
    public record Share(int weight, Action action, List<Policy> policies) {
        public Share {
            policies = List.copyOf(policies);
            if (weight < 0 || action instanceof Action.Split) {
                throw new IllegalArgumentException("a share of " + weight + " for " + action);
            }
        }

        public Share(int weight, Action action) {
            this(weight, action, List.of());
        }
    }

    /** Whether it, or one of its shares, does anything beyond its action. */
    public boolean hasPolicies() {
        if (!policies.isEmpty()) {
            return true;
        }
        if (action instanceof Action.Split split) {
            for (var share : split.shares()) { // each request asks
                if (!share.policies().isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The policy of one kind, if the route has it. */
    public <P extends Policy> Optional<P> policy(Class<P> kind) {
        if (policies.isEmpty()) {
            return Optional.empty(); // each request asks
        }
        for (var policy : policies) {
            if (kind.isInstance(policy)) {
                return Optional.of(kind.cast(policy));
            }
        }
        return Optional.empty();
    }

    private static int kind(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact _ -> 0;
            case PathMatch.Regex _ -> 1;
            case PathMatch.Prefix _ -> 2;
        };
    }

    /** Cookies are one header field, and counted like header fields. */
    private int fieldConditions() {
        return match.fields().size() + match.cookies().size();
    }
}
