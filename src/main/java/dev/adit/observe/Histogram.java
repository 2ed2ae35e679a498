package dev.adit.observe;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts by size. One thread writes; whoever reads sees each number as it was at some moment. */
public final class Histogram {
    private final long[] bounds;
    private final AtomicLongArray counts;

    /** With these upper bounds, in ascending order; there is one more bucket without a bound. */
    public Histogram(long... bounds) {
        this.bounds = bounds;
        this.counts = new AtomicLongArray(bounds.length + 2);
    }

    public void add(long value) {
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

    /** How many values were in a bucket, the smaller ones not among them. */
    long in(int bucket) {
        return counts.getAcquire(bucket);
    }

    long total() {
        return counts.getAcquire(bounds.length + 1);
    }

    /** What several threads have counted. */
    public static final class Sum {
        private final long[] bounds;
        private final long[] counts;

        public Sum(long... bounds) {
            this.bounds = bounds;
            this.counts = new long[bounds.length + 2];
        }

        public void add(Histogram part) {
            for (var i = 0; i < counts.length; i++) {
                counts[i] += part.counts.getAcquire(i);
            }
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
            var sum = 0L;
            for (var i = 0; i <= bucket; i++) {
                sum += counts[i];
            }
            return sum;
        }

        public long count() {
            return upTo(bounds.length);
        }

        public long total() {
            return counts[bounds.length + 1];
        }
    }
}
