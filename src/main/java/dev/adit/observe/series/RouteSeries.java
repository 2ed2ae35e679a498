package dev.adit.observe.series;

import dev.adit.observe.ExchangeObserver;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The requests of all routes, as all event loops have counted them. */
public final class RouteSeries {
    private final List<LoopSeries> loops = new CopyOnWriteArrayList<>();

    /** What was counted of one key. Each request has a duration and its sizes; only one that was forwarded has the others. */
    public interface Counts {
        /** From the head of the request to its end, in nanoseconds. */
        Histogram.Sum durations();

        /** From the choice of the endpoint that answered to the end, in nanoseconds. */
        Histogram.Sum upstreamDurations();

        /** From the head of the request to that of the endpoint's response, in nanoseconds. */
        Histogram.Sum headDurations();

        /** With their heads. */
        Histogram.Sum requestBytes();

        /** Without their heads. */
        Histogram.Sum responseBytes();
    }

    /** What counts for one more event loop. */
    public ExchangeObserver register() {
        var loop = new LoopSeries();
        loops.add(loop);
        return loop;
    }

    /** All that has been counted so far. */
    public Map<SeriesKey, Counts> counts() {
        var sums = new HashMap<SeriesKey, Series.Sum>();
        for (var loop : loops) {
            loop.series()
                    .forEach((key, series) ->
                            sums.computeIfAbsent(key, _ -> new Series.Sum()).add(series));
        }
        return Collections.unmodifiableMap(sums);
    }
}
