package dev.adit.routing.upstream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ready endpoints of each upstream, in a stable order; apart from the routes, since pods change far more often.
 *
 * @param base of the last whole translation
 * @param changed of those that have changed since, and come first
 */
public record EndpointTable(Map<UpstreamId, List<Endpoint>> base, Map<UpstreamId, List<Endpoint>> changed) {
    public static final EndpointTable EMPTY = new EndpointTable(Map.of());

    // Beyond this a copy of the whole is cheaper than to carry the changes from one to the next.
    private static final int MOST_CHANGES = 256;

    public EndpointTable {
        base = Map.copyOf(base);
        changed = Map.copyOf(changed);
    }

    public EndpointTable(Map<UpstreamId, List<Endpoint>> endpoints) {
        this(endpoints, Map.of());
    }

    public List<Endpoint> of(UpstreamId upstream) {
        if (!changed.isEmpty()) {
            var now = changed.get(upstream);
            if (now != null) {
                return now;
            }
        }
        return base.getOrDefault(upstream, List.of());
    }

    /** All of it as one map. */
    public Map<UpstreamId, List<Endpoint>> endpoints() {
        if (changed.isEmpty()) {
            return base;
        }
        var all = new HashMap<>(base);
        all.putAll(changed);
        return all;
    }

    /** The same, with other endpoints of a few upstreams. */
    public EndpointTable with(Map<UpstreamId, List<Endpoint>> fresh) {
        var more = new HashMap<>(changed);
        more.putAll(fresh);
        return more.size() > MOST_CHANGES
                ? new EndpointTable(new EndpointTable(base, more).endpoints())
                : new EndpointTable(base, more);
    }
}
