package dev.adit.observe.statistics;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** All requests of the last quarter of an hour, two seconds by two, for charts. */
final class Trend {
    private static final int MOST = 450;

    private final Deque<TrendPoint> points = new ArrayDeque<>(MOST);
    private int[] before = new int[Tally.SIZE];

    synchronized void turn(Instant at, int[] total, double seconds) {
        var counts = new long[Tally.SIZE];
        for (var i = 0; i < counts.length; i++) {
            counts[i] = Integer.toUnsignedLong(total[i] - before[i]);
        }
        before = total;
        if (points.size() >= MOST) {
            points.removeFirst();
        }
        points.addLast(new TrendPoint(at, Signals.of(counts, seconds)));
    }

    synchronized List<TrendPoint> points() {
        return List.copyOf(points);
    }
}
