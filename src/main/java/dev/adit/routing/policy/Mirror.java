package dev.adit.routing.policy;

import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.Optional;

/**
 * Requests are sent to a second Service too, whose answer nobody sees. It never slows or fails the request itself. A route may have
 * several of these.
 *
 * @param share of which requests there are copies, from 0 to 1
 * @param asked what the copy asks for; where it is empty, what the request asks for
 * @param isWithBody whether the copy has the body
 */
public record Mirror(
        UpstreamId upstream, UpstreamPolicy policy, Optional<Asked> asked, boolean isWithBody, double share)
        implements Policy {
    public Mirror {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share);
        }
    }

    /** Of all requests. */
    public Mirror(UpstreamId upstream, UpstreamPolicy policy, Optional<Asked> asked, boolean isWithBody) {
        this(upstream, policy, asked, isWithBody, 1);
    }

    /** A whole copy. */
    public Mirror(UpstreamId upstream, UpstreamPolicy policy) {
        this(upstream, policy, Optional.empty(), true);
    }

    /** Host, and path with query. */
    public record Asked(FieldValue host, Template target) {}
}
