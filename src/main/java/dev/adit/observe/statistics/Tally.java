package dev.adit.observe.statistics;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What one event loop has counted of one subject: latencies by bucket, then requests by outcome. The numbers wrap; only their
 * differences mean anything.
 */
final class Tally {
    static final int SIZE = LatencyScale.BUCKETS + Outcome.COUNT;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(SIZE);

    void add(Outcome outcome) {
        increment(outcome.index());
    }

    void add(Outcome outcome, long nanos) {
        add(outcome);
        increment(LatencyScale.bucket(nanos));
    }

    private void increment(int index) {
        counts.setRelease(index, counts.getPlain(index) + 1);
    }

    void addTo(int[] sums) {
        for (var i = 0; i < SIZE; i++) {
            sums[i] += counts.getAcquire(i);
        }
    }
}
