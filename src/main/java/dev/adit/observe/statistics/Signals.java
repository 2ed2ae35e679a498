package dev.adit.observe.statistics;

/**
 * What happened in a window of time.
 *
 * @param seconds how long the window is. Windows move in steps, so this is up to a sixth less than its name says
 * @param requests that ended
 * @param clientErrors those with a status of 4xx
 * @param serverErrors those with a status of 5xx, or whose response was broken off
 * @param clientsGone those whose client left first
 * @param p50 nanoseconds to the head of the response that half of the requests did not exceed
 */
public record Signals(
        double seconds,
        long requests,
        long clientErrors,
        long serverErrors,
        long clientsGone,
        long p50,
        long p90,
        long p99) {
    public static final Signals NONE = new Signals(0, 0, 0, 0, 0, 0, 0, 0);

    private static final double HALF = 0.5;
    private static final double MOST = 0.9;
    private static final double ALMOST_ALL = 0.99;

    static Signals of(long[] counts, double seconds) {
        var requests = 0L;
        for (var outcome = 0; outcome < Outcome.COUNT; outcome++) {
            requests += counts[LatencyScale.BUCKETS + outcome];
        }
        return new Signals(
                seconds,
                requests,
                counts[Outcome.CLIENT_ERROR.index()],
                counts[Outcome.SERVER_ERROR.index()],
                counts[Outcome.CLIENT_GONE.index()],
                LatencyScale.quantile(counts, HALF),
                LatencyScale.quantile(counts, MOST),
                LatencyScale.quantile(counts, ALMOST_ALL));
    }

    /** Requests per second. */
    public double rate() {
        return seconds <= 0 ? 0 : requests / seconds;
    }

    /** Server errors among all requests, from 0 to 1. */
    public double errorShare() {
        return requests == 0 ? 0 : (double) serverErrors / requests;
    }
}
