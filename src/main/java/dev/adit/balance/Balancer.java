package dev.adit.balance;

import dev.adit.routing.Endpoint;
import dev.adit.routing.UpstreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the endpoints of each upstream in turn, and leaves out for a while those that refuse connections; one instance
 * for each event loop, so without locks.
 */
public final class Balancer {
    private static final int FAILURES = 5;
    private static final long FIRST_NANOS = 10_000_000_000L;
    private static final int MAX_DOUBLINGS = 5; // 320 s

    private final LongSupplier nanoTime;
    private final Map<UpstreamId, Turn> turns = new HashMap<>();
    private final Map<Endpoint, Failures> failing = new HashMap<>();

    /**
     * A balancer that has seen nothing yet.
     *
     * @param nanoTime such as {@link System#nanoTime}
     */
    public Balancer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The next endpoint; the list must not be empty.
     *
     * @param failed one that is not to be asked again for the same request, as long as there is another
     */
    public Endpoint choose(UpstreamId upstream, List<Endpoint> endpoints, @Nullable Endpoint failed) {
        var turn = turns.computeIfAbsent(upstream, _ -> new Turn());
        var first = turn.next(endpoints);
        if (failing.isEmpty() && !first.equals(failed)) {
            return first;
        }
        var now = nanoTime.getAsLong();
        var second = first;
        for (var i = 0; i < endpoints.size(); i++) {
            var isOther = !first.equals(failed);
            if (isOther && !isOut(first, now)) {
                return first;
            }
            second = isOther ? first : second;
            first = turn.next(endpoints);
        }
        return second; // all are left out: none is
    }

    public void connectFailed(Endpoint endpoint) {
        failing.computeIfAbsent(endpoint, _ -> new Failures()).add(nanoTime.getAsLong());
    }

    public void connected(Endpoint endpoint) {
        if (!failing.isEmpty()) {
            failing.remove(endpoint);
        }
    }

    /** Forgets the upstreams and endpoints that are gone. */
    public void retain(Map<UpstreamId, List<Endpoint>> live) {
        turns.keySet().retainAll(live.keySet());
        if (!failing.isEmpty()) {
            failing.keySet().removeIf(endpoint -> live.values().stream().noneMatch(list -> list.contains(endpoint)));
        }
    }

    private boolean isOut(Endpoint endpoint, long now) {
        var failures = failing.get(endpoint);
        return failures != null && failures.isOut(now);
    }

    private static final class Turn {
        private int next;

        Endpoint next(List<Endpoint> endpoints) {
            next = next >= endpoints.size() ? 0 : next;
            return endpoints.get(next++);
        }
    }

    private static final class Failures {
        private int count;
        private int rounds;
        private long outSince;

        void add(long now) {
            if (++count >= FAILURES && !isOut(now)) {
                outSince = now;
                rounds++;
            }
        }

        boolean isOut(long now) {
            return rounds > 0 && now - outSince < FIRST_NANOS << Math.min(rounds - 1, MAX_DOUBLINGS);
        }
    }
}
