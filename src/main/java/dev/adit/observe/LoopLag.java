package dev.adit.observe;

/**
 * How late an event loop is: it is to run something at a time, and looks how much later it does. Its thread writes, whoever reads
 * sees the worst of the last half to whole minute.
 */
public final class LoopLag {
    private static final long SPAN = 30_000_000_000L;

    private final long period;
    private long expected;
    private long spanEnd;
    private volatile long worst;
    private volatile long worstBefore;

    /** Of something that is to run every so many nanoseconds from now on. */
    public LoopLag(long now, long period) {
        this.period = period;
        this.expected = now + period;
        this.spanEnd = now + SPAN;
    }

    /** It runs. */
    public void runs(long now) {
        if (now - spanEnd >= 0) {
            worstBefore = worst;
            worst = 0;
            spanEnd = now + SPAN;
        }
        worst = Math.max(worst, now - expected);
        expected = now + period;
    }

    /** In nanoseconds. */
    public long worst() {
        return Math.max(worst, worstBefore);
    }
}
