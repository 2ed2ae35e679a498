package dev.adit.overload;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many requests of each client of a zone are being served. One for the process; there are no more entries than requests. */
public final class ConcurrentUses {
    private final ConcurrentHashMap<Use, Integer> running = new ConcurrentHashMap<>();

    private record Use(String zone, String client) {
        // By hand, as in UpstreamId: it is looked up with every request.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Use that && zone.equals(that.zone) && client.equals(that.client);
        }

        @Override
        public int hashCode() {
            return 31 * zone.hashCode() + client.hashCode();
        }
    }

    /** Begins one, where there are not as many already; whoever gets true has to end it. */
    public boolean begin(String zone, String client, int most) {
        var begun = new boolean[1];
        running.compute(new Use(zone, client), (_, count) -> {
            var before = count == null ? 0 : count;
            begun[0] = before < most;
            return begun[0] ? before + 1 : count;
        });
        return begun[0];
    }

    public void end(String zone, String client) {
        running.computeIfPresent(new Use(zone, client), (_, count) -> count == 1 ? null : count - 1);
    }
}
