package dev.adit.observe.series;

import dev.adit.observe.ExchangeObserver;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The requests of all routes, as all event loops have counted them. */
public final class RouteSeries {
    private final List<LoopSeries> loops = new CopyOnWriteArrayList<>();

    /** What counts for one more event loop. */
    public ExchangeObserver register() {
        var loop = new LoopSeries();
        loops.add(loop);
        return loop;
    }

    /** All requests that have been counted so far. */
    public Map<SeriesKey, Counts> counts() {
        return counts(Optional::of);
    }

    /** The connections that passed unread, by their routes; the path and the canary of a place are empty. */
    public Map<SeriesKey.Place, TunnelCounts> tunnels() {
        var sums = new HashMap<SeriesKey.Place, TunnelCounts>();
        loops.forEach(loop ->
                loop.tunnels().forEach((place, series) -> sums.merge(place, series.counts(), TunnelCounts::and)));
        return Collections.unmodifiableMap(sums);
    }

    /**
     * The same by what is made of a key: what is the same for several keys is added up.
     *
     * @param by empty for those that are left out
     */
    public <K> Map<K, Counts> counts(Function<SeriesKey, Optional<K>> by) {
        var sums = new HashMap<K, Counts>();
        for (var loop : loops) {
            loop.series()
                    .forEach((key, series) -> by.apply(key)
                            .ifPresent(one -> series.addTo(sums.computeIfAbsent(one, _ -> Series.none()))));
        }
        return Collections.unmodifiableMap(sums);
    }
}
