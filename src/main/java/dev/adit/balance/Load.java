package dev.adit.balance;

import java.util.function.LongSupplier;

/** What one endpoint is doing for one event loop. */
public final class Load {
    private static final double DECAY_NANOS = 10_000_000_000.0;
    // Before the first answer any endpoint is a good one, but not one to be flooded.
    private static final double UNKNOWN_NANOS = 1_000_000.0;

    private final LongSupplier nanoTime;
    private int running;
    private double latency = UNKNOWN_NANOS;
    private long measuredAt;

    Load(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.measuredAt = nanoTime.getAsLong();
    }

    /** A request has been given to it. */
    public void begin() {
        running++;
    }

    /** One of those is over. */
    public void end() {
        running--;
    }

    int running() {
        return running;
    }

    /** It has begun to answer: a slower answer counts at once, faster ones little by little. */
    public void answered(long nanos) {
        var now = nanoTime.getAsLong();
        var weight = Math.exp((measuredAt - now) / DECAY_NANOS);
        latency = nanos > latency ? nanos : latency * weight + nanos * (1 - weight);
        measuredAt = now;
    }

    double cost() {
        return latency * (running + 1);
    }
}
