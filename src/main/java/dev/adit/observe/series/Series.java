package dev.adit.observe.series;

import dev.adit.observe.Finished;

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

    /** What all event loops have counted of one key. Durations are in nanoseconds. */
    static final class Sum implements RouteSeries.Counts {
        private final Histogram.Sum durations = new Histogram.Sum(NANOS);
        private final Histogram.Sum upstreamDurations = new Histogram.Sum(NANOS);
        private final Histogram.Sum headDurations = new Histogram.Sum(NANOS);
        private final Histogram.Sum requestBytes = new Histogram.Sum(BYTES);
        private final Histogram.Sum responseBytes = new Histogram.Sum(BYTES);

        void add(Series part) {
            durations.add(part.durations);
            upstreamDurations.add(part.upstreamDurations);
            headDurations.add(part.headDurations);
            requestBytes.add(part.requestBytes);
            responseBytes.add(part.responseBytes);
        }

        @Override
        public Histogram.Sum durations() {
            return durations;
        }

        @Override
        public Histogram.Sum upstreamDurations() {
            return upstreamDurations;
        }

        @Override
        public Histogram.Sum headDurations() {
            return headDurations;
        }

        @Override
        public Histogram.Sum requestBytes() {
            return requestBytes;
        }

        @Override
        public Histogram.Sum responseBytes() {
            return responseBytes;
        }
    }

    private static long[] millis(int... millis) {
        var nanos = new long[millis.length];
        for (var i = 0; i < nanos.length; i++) {
            nanos[i] = millis[i] * 1_000_000L;
        }
        return nanos;
    }
}
