package dev.adit.observe.series;

import dev.adit.observe.Finished;
import dev.adit.observe.Histogram;

/** The requests of one key, as one event loop has counted them. */
final class Series {
    // Those of ingress-nginx, which are Prometheus' own.
    private static final long[] NANOS = millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);
    private static final long[] BYTES = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

    private final Histogram durations = new Histogram(NANOS);
    private final Histogram upstreamDurations = new Histogram(NANOS);
    private final Histogram headDurations = new Histogram(NANOS);
    private final Histogram requestBytes = new Histogram(BYTES);
    private final Histogram responseBytes = new Histogram(BYTES);

    void add(Finished request) {
        durations.add(request.nanos());
        requestBytes.add(request.headBytes() + request.requestBytes());
        responseBytes.add(request.responseBytes());
        if (request.endpoint() != null) {
            upstreamDurations.add(request.nanosOfAttempt());
        }
        if (request.nanosToHead() != Finished.NO_HEAD) {
            headDurations.add(request.nanosOfAttemptToHead());
        }
    }

    /** Adds all of it to what others have counted. */
    void addTo(Counts all) {
        all.durations().add(durations);
        all.upstreamDurations().add(upstreamDurations);
        all.headDurations().add(headDurations);
        all.requestBytes().add(requestBytes);
        all.responseBytes().add(responseBytes);
    }

    /** Of nothing yet. */
    static Counts none() {
        return new Counts(
                new Histogram.Sum(NANOS),
                new Histogram.Sum(NANOS),
                new Histogram.Sum(NANOS),
                new Histogram.Sum(BYTES),
                new Histogram.Sum(BYTES));
    }

    private static long[] millis(int... millis) {
        var nanos = new long[millis.length];
        for (var i = 0; i < nanos.length; i++) {
            nanos[i] = millis[i] * 1_000_000L;
        }
        return nanos;
    }
}
