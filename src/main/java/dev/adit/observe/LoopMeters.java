package dev.adit.observe;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one event loop: only its thread writes, so nothing on the hot path is contended. */
public final class LoopMeters implements ExchangeObserver {
    static final double[] BOUNDS_SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    static final int STATUS_CLASSES = 5;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long[] BOUNDS_NANOS = nanos();

    private final AtomicLongArray responses = new AtomicLongArray(STATUS_CLASSES);
    private final AtomicLongArray latencies = new AtomicLongArray(BOUNDS_SECONDS.length + 1);
    private final AtomicLongArray latencySum = new AtomicLongArray(1);

    @Override
    public void finished(Finished exchange) {
        if (exchange.status() != Finished.NO_STATUS) {
            response(exchange.status());
        }
        if (exchange.nanosToHead() != Finished.NO_HEAD) {
            upstreamLatency(exchange.nanosToHead());
        }
    }

    private void response(int status) {
        increment(responses, Math.clamp(status / 100L - 1, 0, STATUS_CLASSES - 1), 1);
    }

    private void upstreamLatency(long nanos) {
        var bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        increment(latencies, bucket, 1);
        increment(latencySum, 0, nanos);
    }

    long responses(int statusClass) {
        return responses.get(statusClass);
    }

    long latencies(int bucket) {
        return latencies.get(bucket);
    }

    double latencySumSeconds() {
        return (double) latencySum.get(0) / NANOS_PER_SECOND;
    }

    private static void increment(AtomicLongArray counters, int index, long by) {
        counters.setRelease(index, counters.getPlain(index) + by);
    }

    private static long[] nanos() {
        var nanos = new long[BOUNDS_SECONDS.length];
        for (var i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(BOUNDS_SECONDS[i] * NANOS_PER_SECOND);
        }
        return nanos;
    }
}
