package dev.adit.balance;

import dev.adit.routing.Endpoint;
import dev.adit.routing.UpstreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the endpoints of each upstream in turn; one instance for each event loop, so without locks. */
public final class RoundRobin {
    private final Map<UpstreamId, Turn> turns = new HashMap<>();

    /** The next endpoint; the list must not be empty. */
    public Endpoint choose(UpstreamId upstream, List<Endpoint> endpoints) {
        return turns.computeIfAbsent(upstream, _ -> new Turn()).next(endpoints);
    }

    /** Forgets the upstreams that are gone. */
    public void retain(Set<UpstreamId> upstreams) {
        turns.keySet().retainAll(upstreams);
    }

    private static final class Turn {
        private int next;

        Endpoint next(List<Endpoint> endpoints) {
            next = next >= endpoints.size() ? 0 : next;
            return endpoints.get(next++);
        }
    }
}
