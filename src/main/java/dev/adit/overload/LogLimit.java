package dev.adit.overload;

import org.jspecify.annotations.Nullable;

/** Lets one message a minute into the log, however often there is reason for it. */
public final class LogLimit {
    private static final long PAUSE_NANOS = 60_000_000_000L;

    private @Nullable Long last;

    /**
     * Whether the message may be written now.
     *
     * @param now as of {@link System#nanoTime}
     */
    public boolean allows(long now) {
        var isOver = last == null || now - last > PAUSE_NANOS;
        last = isOver ? Long.valueOf(now) : last;
        return isOver;
    }
}
