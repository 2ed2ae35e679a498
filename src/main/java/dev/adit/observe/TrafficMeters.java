package dev.adit.observe;

import dev.adit.http.Refusal;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The sum of all event loops' counters, for those who read them. */
public final class TrafficMeters {
    private final List<LoopMeters> loops = new CopyOnWriteArrayList<>();
    private volatile LineCounts lines = LineCounts.NONE;
    private volatile ProxyView proxy = ProxyView.NONE;

    /** The counters of one more event loop. */
    public LoopMeters register() {
        var meters = new LoopMeters();
        loops.add(meters);
        return meters;
    }

    /** Responses with a status of one class, 1 to 5. */
    public long responses(int statusClass) {
        return ports().stream().mapToLong(port -> responses(port, statusClass)).sum();
    }

    /** Those to requests that came to one port. */
    public long responses(Integer port, int statusClass) {
        return sum(loop -> loop.responses(port, statusClass - 1));
    }

    /** The ports that have had a request, as the routing table names them. */
    public SortedSet<Integer> ports() {
        return loops.stream().flatMap(loop -> loop.ports().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Upper bounds of the latency buckets in seconds; one more bucket without a bound follows. */
    public double[] latencyBounds() {
        return LoopMeters.BOUNDS_SECONDS.clone();
    }

    /** How many responses fell into one bucket, not counting the smaller ones. */
    public long latencies(int bucket) {
        return sum(loop -> loop.latencies(bucket));
    }

    public double latencySumSeconds() {
        ToDoubleFunction<LoopMeters> seconds = LoopMeters::latencySumSeconds;
        return loops.stream().mapToDouble(seconds).sum();
    }

    /** Requests that Adit refused or broke off, by the word for the reason; without those that there were none of. */
    public Map<String, Long> refusals() {
        var sums = new TreeMap<String, Long>();
        for (var refusal : Refusal.values()) {
            var count = sum(loop -> loop.refusals(refusal));
            if (count > 0) {
                sums.put(Reason.of(refusal), count);
            }
        }
        return sums;
    }

    /** How often another endpoint was asked, or the same one again. */
    public long retries() {
        return sum(LoopMeters::retries);
    }

    /** Connections that were to pass unread and have ended. */
    public long tunnels(FinishedTunnel.Result result) {
        return sum(loop -> loop.tunnels(result));
    }

    /** Those of the access log. */
    public LineCounts lines() {
        return lines;
    }

    /** There is an access log, which counts them. */
    public void lines(LineCounts counts) {
        lines = counts;
    }

    public ProxyView proxy() {
        return proxy;
    }

    /** There are listeners. */
    public void proxy(ProxyView view) {
        proxy = view;
    }

    private long sum(ToLongFunction<LoopMeters> counter) {
        return loops.stream().mapToLong(counter).sum();
    }
}
