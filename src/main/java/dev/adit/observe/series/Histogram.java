package dev.adit.observe.series;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts by size. One thread writes; whoever reads sees each number as it was at some moment. */
public final class Histogram {
    private final long[] bounds;
    private final AtomicLongArray counts;

    /** With these upper bounds, in ascending order; there is one more bucket without a bound. */
    Histogram(long... bounds) {
        this.bounds = bounds;
        this.counts = new AtomicLongArray(bounds.length + 2);
    }

    void add(long value) {
        var bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        increment(bucket, 1);
        increment(bounds.length + 1, value);
    }

    private void increment(int index, long by) {
        counts.setRelease(index, counts.getPlain(index) + by);
    }

    void addTo(long[] all) {
        for (var i = 0; i < all.length; i++) {
            all[i] += counts.getAcquire(i);
        }
    }

    /** What several threads have counted. */
    public static final class Sum {
        private final long[] bounds;
        private final long[] counts;

        Sum(long... bounds) {
            this.bounds = bounds;
            this.counts = new long[bounds.length + 2];
        }

        void add(Histogram part) {
            part.addTo(counts);
        }

        public int buckets() {
            return bounds.length + 1;
        }

        /** The largest value of a bucket; the last one has none. */
        public long bound(int bucket) {
            return bounds[bucket];
        }

        /** How many values were in a bucket or in a smaller one. */
        public long upTo(int bucket) {
            return Arrays.stream(counts, 0, bucket + 1).sum();
        }

        public long count() {
            return upTo(bounds.length);
        }

        public long total() {
            return counts[bounds.length + 1];
        }
    }
}
