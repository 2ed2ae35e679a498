package dev.adit.routing;

import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;

/** What happens to the requests whose path matches. */
public record Route(PathMatch path, Action action, RouteOrigin origin, TransportPolicy transport) {
    public Route(PathMatch path, Action action, RouteOrigin origin) {
        this(path, action, origin, TransportPolicy.NONE);
    }

    public sealed interface Action {
        /** Send the request to one endpoint of the upstream. */
        record Forward(UpstreamId upstream, UpstreamPolicy policy) implements Action {}

        /** Answer 503: the route is known, but what it refers to is not there. */
        record Unavailable(String reason) implements Action {}
    }
}
