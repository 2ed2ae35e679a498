package dev.adit.observe;

/**
 * Measures how late an event loop runs a periodic task. Its own thread writes; any thread reads the worst delay of the last 30 to 60
 * seconds.
 */
public final class LoopLag {
    private static final long SPAN = 30_000_000_000L;

    private final long period;
    private long expected;
    private long spanEnd;
    private volatile long worst;
    private volatile long worstBefore;

    /** Measures a task that is due every {@code period} nanoseconds, the first time one period after {@code now}. */
    public LoopLag(long now, long period) {
        this.period = period;
        this.expected = now + period;
        this.spanEnd = now + SPAN;
    }

    /** The task runs now. */
    public void runs(long now) {
        if (now - spanEnd >= 0) {
            worstBefore = worst;
            worst = 0;
            spanEnd = now + SPAN;
        }
        worst = Math.max(worst, now - expected);
        expected = now + period;
    }

    /** The worst delay, in nanoseconds. */
    public long worst() {
        return Math.max(worst, worstBefore);
    }
}
