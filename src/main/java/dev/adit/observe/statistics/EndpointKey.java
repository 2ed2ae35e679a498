package dev.adit.observe.statistics;

import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import org.jspecify.annotations.Nullable;

/** An endpoint of a Service. */
public record EndpointKey(UpstreamId upstream, Endpoint endpoint) {
    /** Requests to endpoints beyond those that are counted one by one. */
    static final EndpointKey OTHERS = new EndpointKey(new UpstreamId("", "others", "", 0), new Endpoint("", 0));

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EndpointKey key && endpoint.equals(key.endpoint) && upstream.equals(key.upstream);
    }

    @Override
    public int hashCode() {
        return 31 * upstream.hashCode() + endpoint.hashCode();
    }
}
