package dev.adit.observe.statistics;

/**
 * The buckets of latencies: four for each doubling from 131 µs to 34 s, and one on each side. A quantile that is read from
 * them is at most an eighth away from the true one.
 */
final class LatencyScale {
    private static final int FIRST_OCTAVE = 17;
    private static final int END_OCTAVE = 35;
    private static final int STEP_BITS = 2;
    private static final int STEPS = 1 << STEP_BITS;

    static final int BUCKETS = (END_OCTAVE - FIRST_OCTAVE) * STEPS + 2;

    private LatencyScale() {}

    static int bucket(long nanos) {
        if (nanos < 1L << FIRST_OCTAVE) {
            return 0;
        }
        var octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        if (octave >= END_OCTAVE) {
            return BUCKETS - 1;
        }
        var step = (int) (nanos >>> (octave - STEP_BITS)) & (STEPS - 1);
        return 1 + (octave - FIRST_OCTAVE) * STEPS + step;
    }

    /** The smallest value of a bucket, in nanoseconds. */
    static long from(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        var octave = FIRST_OCTAVE + (bucket - 1) / STEPS;
        var step = (bucket - 1) % STEPS;
        return (1L << octave) + (long) step * (1L << (octave - STEP_BITS));
    }

    /**
     * The value that a share of all values does not exceed, in nanoseconds; 0 where there are none.
     *
     * @param counts begins with one number for each bucket
     * @param share from 0 to 1
     */
    static long quantile(long[] counts, double share) {
        var count = 0L;
        for (var bucket = 0; bucket < BUCKETS; bucket++) {
            count += counts[bucket];
        }
        var rank = Math.max(1, (long) Math.ceil(share * count));
        var below = 0L;
        for (var bucket = 0; bucket < BUCKETS && count > 0; bucket++) {
            if (below + counts[bucket] >= rank) {
                return middle(bucket);
            }
            below += counts[bucket];
        }
        return 0;
    }

    private static long middle(int bucket) {
        var from = from(bucket);
        return bucket == BUCKETS - 1 ? from : (from + from(bucket + 1)) / 2;
    }
}
