package dev.adit.balance;

import dev.adit.routing.upstream.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Endpoints that refuse connections, and how long they are left out for it. */
final class Ejections {
    private static final int FAILURES = 5;
    private static final long FIRST_NANOS = 10_000_000_000L;
    private static final int MAX_DOUBLINGS = 5; // 320 s

    private final LongSupplier nanoTime;
    private final Map<Endpoint, Failures> failing = new HashMap<>();

    Ejections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isEmpty() {
        return failing.isEmpty();
    }

    void failed(Endpoint endpoint) {
        failing.computeIfAbsent(endpoint, _ -> new Failures()).add(nanoTime.getAsLong());
    }

    void connected(Endpoint endpoint) {
        if (!failing.isEmpty()) {
            failing.remove(endpoint);
        }
    }

    boolean isOut(Endpoint endpoint) {
        var failures = failing.get(endpoint);
        return failures != null && failures.isOut(nanoTime.getAsLong());
    }

    void retain(Predicate<Endpoint> live) {
        failing.keySet().removeIf(live.negate());
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
