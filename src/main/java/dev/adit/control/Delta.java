package dev.adit.control;

import dev.adit.match.RouteIndex;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Translation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A translation with one part of it made anew, and what that changes.
 *
 * @param translation the whole
 * @param hosts by name; empty for one that goes
 * @param changesRouting whether any answer or certificate may be another
 * @param upstreams those of the part
 */
public record Delta(
        Translation translation,
        Map<Hostname, Optional<Host>> hosts,
        boolean changesRouting,
        Set<UpstreamId> upstreams) {

    /** The index that was compiled for what was before, with the same changes. */
    public RouteIndex applyTo(RouteIndex before) {
        return before.with(hosts);
    }
}
