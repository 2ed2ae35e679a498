package dev.adit.routing.upstream;

import dev.adit.collection.Layered;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ready endpoints of each upstream, in a stable order; apart from the routes, since pods change far more often. */
public record EndpointTable(Layered<UpstreamId, List<Endpoint>> endpoints) {
    public static final EndpointTable EMPTY = new EndpointTable(Map.of());

    public EndpointTable(Map<UpstreamId, List<Endpoint>> endpoints) {
        this(Layered.of(endpoints));
    }

    public List<Endpoint> of(UpstreamId upstream) {
        var found = endpoints.get(upstream);
        return found == null ? List.of() : found;
    }

    /** Their pods as well, which make no difference where requests go. */
    private static boolean areSame(List<Endpoint> now, @Nullable List<Endpoint> before) {
        if (before == null || !now.equals(before)) {
            return false;
        }
        for (var i = 0; i < now.size(); i++) {
            if (!now.get(i).pod().equals(before.get(i).pod())) {
                return false;
            }
        }
        return true;
    }

    /** The same, with other endpoints of a few upstreams. */
    public EndpointTable with(Map<UpstreamId, List<Endpoint>> fresh) {
        var changes = new HashMap<UpstreamId, Optional<List<Endpoint>>>();
        fresh.forEach((upstream, now) -> {
            if (!areSame(now, endpoints.get(upstream))) {
                changes.put(upstream, Optional.of(now));
            }
        });
        return changes.isEmpty() ? this : new EndpointTable(endpoints.with(changes));
    }
}
