package dev.adit.observe;

import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.UpstreamId;
import org.jspecify.annotations.Nullable;

/**
 * A route at a host, and the Service that was asked, as a key of what is counted. Routes are compared by identity: comparing their
 * texts for each request would take too long.
 *
 * @param asked null where the Service makes no difference
 */
public record Way(Route route, Hostname host, @Nullable UpstreamId asked) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
        return other instanceof Way way
                && route == way.route
                && host.text().equals(way.host.text())
                && (asked == null ? way.asked == null : asked.equals(way.asked));
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(route) + (asked == null ? 0 : asked.hashCode());
    }
}
