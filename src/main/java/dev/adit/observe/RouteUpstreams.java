package dev.adit.observe;

import dev.adit.routing.Route;
import dev.adit.routing.upstream.UpstreamId;
import org.jspecify.annotations.Nullable;

/** The Services of a route, as ingress-nginx looks at them: one is its own, and all others are canaries. */
public final class RouteUpstreams {
    private RouteUpstreams() {}

    /** The Service of the route; of one that is split, that of its first share. */
    public static @Nullable UpstreamId main(Route route) {
        return of(route.action());
    }

    private static @Nullable UpstreamId of(Route.Action action) {
        return switch (action) {
            case Route.Action.Forward(var upstream, var _) -> upstream;
            case Route.Action.Split(var shares, var _) -> of(shares.getFirst().action());
            case Route.Action.Answer _ -> null;
        };
    }

    /** The one that was asked, if it is a canary: a page that takes the place of an answer comes from none. */
    public static @Nullable UpstreamId canary(Route route, @Nullable UpstreamId asked) {
        return asked != null
                        && route.action() instanceof Route.Action.Split split
                        && !asked.equals(of(split))
                        && split.shares().stream().anyMatch(share -> asked.equals(of(share.action())))
                ? asked
                : null;
    }

    /** Namespace, Service and port, as ingress-nginx names an upstream. */
    public static String name(UpstreamId upstream) {
        return upstream.namespace() + "-" + upstream.service() + "-" + upstream.port();
    }
}
