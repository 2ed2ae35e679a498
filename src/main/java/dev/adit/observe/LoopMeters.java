package dev.adit.observe;

import dev.adit.http.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one event loop: only its thread writes, so nothing on the hot path is contended. */
public final class LoopMeters implements ExchangeObserver {
    static final double[] BOUNDS_SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    static final int STATUS_CLASSES = 5;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    // By the port that the client has connected to, as the routing table names it.
    private final Map<Integer, AtomicLongArray> responses = new ConcurrentHashMap<>();
    private final Histogram latencies = new Histogram(nanos());

    private final Map<Refusal, AtomicLong> refusals = new EnumMap<>(Refusal.class);
    private final AtomicLong retries = new AtomicLong();
    private final Map<FinishedTunnel.Result, AtomicLong> tunnels = new EnumMap<>(FinishedTunnel.Result.class);

    LoopMeters() {
        for (var result : FinishedTunnel.Result.values()) {
            tunnels.put(result, new AtomicLong());
        }
        for (var refusal : Refusal.values()) {
            refusals.put(refusal, new AtomicLong());
        }
    }

    @Override
    public void finished(Finished exchange) {
        if (exchange.reason() != null) {
            increment(Objects.requireNonNull(refusals.get(exchange.reason())), 1);
        }
        if (exchange.attempts() > 1) {
            increment(retries, exchange.attempts() - 1);
        }
        if (exchange.status() != Finished.NO_STATUS) {
            response(exchange.client().port(), exchange.status());
        }
        if (exchange.nanosToHead() != Finished.NO_HEAD) {
            latencies.add(exchange.nanosToHead());
        }
    }

    @Override
    public void ended(FinishedTunnel tunnel) {
        increment(Objects.requireNonNull(tunnels.get(tunnel.result())), 1);
    }

    private static void increment(AtomicLong counter, int by) {
        counter.setRelease(counter.getPlain() + by);
    }

    long refusals(Refusal refusal) {
        return Objects.requireNonNull(refusals.get(refusal)).getAcquire();
    }

    long tunnels(FinishedTunnel.Result result) {
        return Objects.requireNonNull(tunnels.get(result)).getAcquire();
    }

    long retries() {
        return retries.getAcquire();
    }

    private void response(Integer port, int status) {
        var ofPort = responses.get(port);
        if (ofPort == null) {
            ofPort = new AtomicLongArray(STATUS_CLASSES);
            responses.put(port, ofPort);
        }
        var statusClass = Math.clamp(status / 100L - 1, 0, STATUS_CLASSES - 1);
        ofPort.setRelease(statusClass, ofPort.getPlain(statusClass) + 1);
    }

    /** The ports that have had a request. */
    Set<Integer> ports() {
        return responses.keySet();
    }

    /** Those of one port. */
    long responses(Integer port, int statusClass) {
        var ofPort = responses.get(port);
        return ofPort == null ? 0 : ofPort.getAcquire(statusClass);
    }

    long latencies(int bucket) {
        return latencies.in(bucket);
    }

    double latencySumSeconds() {
        return (double) latencies.total() / NANOS_PER_SECOND;
    }

    private static long[] nanos() {
        var nanos = new long[BOUNDS_SECONDS.length];
        for (var i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(BOUNDS_SECONDS[i] * NANOS_PER_SECOND);
        }
        return nanos;
    }
}
