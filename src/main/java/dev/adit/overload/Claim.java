package dev.adit.overload;

import org.jspecify.annotations.Nullable;

/** One exchange's claim to a connection of an endpoint. It belongs to at most one {@link FairShares} at a time. */
public abstract class Claim {
    /** For {@link #stalledSince}: the exchange does not wait for its client. */
    public static final long NOT_STALLED = Long.MAX_VALUE;

    // Links of the list of those that have a share, so that keeping it allocates nothing.
    @Nullable
    Claim previous;

    @Nullable
    Claim next;

    private @Nullable Owner known;

    boolean hasShare;
    boolean isWaiting;
    long waitingSince;

    /** Asked for at most once, and not before it matters. */
    protected abstract Owner owner();

    /** Whether the whole request has come, so that nothing of it is waited for. */
    protected abstract boolean isComplete();

    /** Since when the exchange has waited for its client to send or to read, as of {@link System#nanoTime}. */
    protected abstract long stalledSince();

    /** It has been given a share after it had to wait. */
    protected abstract void granted();

    /** It will get no share, or has to give up the one that it has. */
    protected abstract void refused();

    final Owner who() {
        var owner = known;
        if (owner == null) {
            owner = owner();
            known = owner;
        }
        return owner;
    }
}
