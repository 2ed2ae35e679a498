package dev.adit.control;

import dev.adit.match.Generation;
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
 * @param hosts those of Ingresses by name; empty for one that goes
 * @param ports those of the listeners of Gateways, likewise
 * @param changesRouting whether any answer or certificate may be another
 * @param upstreams those of the part
 */
public record Delta(
        Translation translation,
        Map<Hostname, Optional<Host>> hosts,
        Map<Integer, Map<Hostname, Optional<Host>>> ports,
        boolean changesRouting,
        Set<UpstreamId> upstreams) {

    /** What comes after the generation that was made of what was before. */
    public Generation applyTo(Generation before) {
        return changesRouting
                ? before.next(translation.table(), hosts, ports, translation.endpoints())
                : before.with(translation.endpoints());
    }
}
