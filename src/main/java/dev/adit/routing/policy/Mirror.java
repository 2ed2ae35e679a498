package dev.adit.routing.policy;

import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.Optional;

/**
 * Every request is sent to a second Service too, whose answer nobody sees. It never slows or fails the request itself.
 *
 * @param asked what the copy asks for; where it is empty, what the request asks for
 * @param isWithBody whether the copy has the body
 */
public record Mirror(UpstreamId upstream, UpstreamPolicy policy, Optional<Asked> asked, boolean isWithBody)
        implements Policy {
    /** A whole copy. */
    public Mirror(UpstreamId upstream, UpstreamPolicy policy) {
        this(upstream, policy, Optional.empty(), true);
    }

    /** Host, and path with query. */
    public record Asked(FieldValue host, Template target) {}
}
