package dev.adit.balance;

import dev.adit.routing.upstream.Endpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Endpoints that refuse connections, and how long they are left out for it. */
final class Ejections {
    private static final int FAILURES = 5;
    private static final long FIRST_NANOS = 10_000_000_000L;
    private static final int MAX_DOUBLINGS = 5; // 320 s

    private final LongSupplier nanoTime;
    private final Map<Endpoint, Failures> failing = new HashMap<>();
    // Until when each is out. Only this thread writes it, and seldom; others may read it.
    private volatile Map<Endpoint, Long> out = Map.of();

    Ejections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isEmpty() {
        return failing.isEmpty();
    }

    void failed(Endpoint endpoint) {
        var now = nanoTime.getAsLong();
        var failures = failing.computeIfAbsent(endpoint, _ -> new Failures());
        var wasOut = failures.isOut(now);
        failures.add(now);
        if (!wasOut && failures.isOut(now)) {
            var more = new HashMap<>(out);
            more.put(endpoint, failures.outUntil());
            out = Map.copyOf(more);
        }
    }

    /** Those that are out now; from any thread. */
    Set<Endpoint> ejected() {
        var now = nanoTime.getAsLong();
        return out.entrySet().stream()
                .filter(entry -> now - entry.getValue() < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    void connected(Endpoint endpoint) {
        if (!failing.isEmpty()) {
            failing.remove(endpoint);
            forget(endpoint::equals);
        }
    }

    boolean isOut(Endpoint endpoint) {
        var failures = failing.get(endpoint);
        return failures != null && failures.isOut(nanoTime.getAsLong());
    }

    void retain(Predicate<Endpoint> live) {
        failing.keySet().removeIf(live.negate());
        forget(live.negate());
    }

    private void forget(Predicate<Endpoint> gone) {
        if (out.keySet().stream().anyMatch(gone)) {
            var left = new HashMap<>(out);
            left.keySet().removeIf(gone);
            out = Map.copyOf(left);
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
            return rounds > 0 && now - outUntil() < 0;
        }

        long outUntil() {
            return outSince + (FIRST_NANOS << Math.min(rounds - 1, MAX_DOUBLINGS));
        }
    }
}
