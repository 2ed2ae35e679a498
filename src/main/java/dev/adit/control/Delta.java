package dev.adit.control;

import dev.adit.kube.Problem;
import dev.adit.match.RouteIndex;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Translation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** The part in the place of what it was before. */
    public static Delta of(Translation before, References.Component component, Translation part) {
        var table = before.table();
        var fresh = part.table();
        var hosts = table.hosts().changesTo(fresh.hosts(), component.hosts());
        var certificates = table.certificates().changesTo(fresh.certificates(), component.hosts());
        var same = hosts.isEmpty() && certificates.isEmpty();
        var now = same
                ? table
                : new RoutingTable(
                        table.hosts().with(hosts), table.certificates().with(certificates));
        var upstreams = part.endpoints().endpoints().toMap();
        var own = before.ingresses().with(before.ingresses().changesTo(part.ingresses(), component.keys()));
        var whole = new Translation(
                now, before.endpoints().with(upstreams), own, before.defaultRoute(), problems(before, component, part));
        return new Delta(whole, hosts, !same, upstreams.keySet());
    }

    private static List<Problem> problems(Translation before, References.Component component, Translation part) {
        var others = before.problems().stream()
                .filter(problem -> !problem.kind().equals("Ingress") || !component.contains(problem.object()));
        return Stream.concat(others, part.problems().stream()).toList();
    }
}
