package dev.adit.overload;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares a limited number of connections to one endpoint among clients, on one event loop. While there are plenty, every
 * claim is granted and nothing is counted. In a crowd
 * <ul>
 *   <li>a client connection that has some gets one more only while it has less than half of what is free, and its
 *       address less than three times that; the last eighth of all is not for it;
 *   <li>one that has none gets its first while its address has less than seven times what is free, and always if its
 *       address has none;
 *   <li>exchanges whose request has not come whole get at most half of all connections;
 *   <li>a claim that is not granted waits. Claims are served in turn over addresses and connections, whole requests first;
 *   <li>while claims wait, exchanges that wait for their client give way: those of whoever has most, and of these the one
 *       that has waited longest.
 * </ul>
 */
public final class FairShares {
    /** How long an exchange may wait for its client before it gives way to a claim. */
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MOST_AT_ONCE = 8;
    // How many an address may have for each that is free: with connections that have none, and with those that have
    // some.
    private static final int FIRST_PER_FREE = 7;
    private static final int MORE_PER_FREE = 3;
    private static final int FREE_PER_CONNECTION = 2;
    // The part of all that only connections without any get.
    private static final int KEPT = 8;
    // Below this part of all nobody can lack any.
    private static final int CROWD_SHARE = 4;

    private final int most;
    private final Timer timer;
    private final LongSupplier clock;
    private final FairQueue waiting;
    private int capacity;
    private int granted;
    private @Nullable Claim first;
    private @Nullable Crowd crowd;
    private boolean ticking;

    /** Runs a task after a while, on the event loop. */
    @FunctionalInterface
    public interface Timer {
        void after(long nanos, Runnable task);
    }

    /**
     * All of it is free.
     *
     * @param capacity how many exchanges may have a connection at a time
     * @param queue how many may wait for one
     * @param clock as {@link System#nanoTime}
     */
    public FairShares(int capacity, int queue, Timer timer, LongSupplier clock) {
        this.most = capacity;
        this.capacity = capacity;
        this.timer = timer;
        this.clock = clock;
        this.waiting = new FairQueue(queue);
    }

    /**
     * Asks for a share. Where it cannot be granted at once the claim waits, and is told later; or it is refused at once,
     * since too many wait.
     *
     * @return whether it is granted now
     */
    public boolean claim(Claim claim) {
        if (granted < capacity / CROWD_SHARE) {
            grant(claim);
            return true;
        }
        // What of the body has come with the head is read in this turn of the event loop.
        if (claim.isComplete() && mayHave(claim)) {
            grant(claim);
            return true;
        }
        claim.waitingSince = clock.getAsLong();
        var refused = waiting.add(claim);
        if (refused != null) {
            refused.refused();
        }
        tick(0);
        return false;
    }

    /** The endpoint itself takes no more than so many exchanges at a time. */
    public void limit(long exchanges) {
        capacity = Math.clamp(exchanges, 1, most);
    }

    /** Gives back the share, or stops waiting for one; nothing happens if it has none. */
    public void release(Claim claim) {
        if (claim.isWaiting) {
            waiting.remove(claim);
        }
        if (claim.hasShare) {
            revoke(claim);
            serve();
        }
    }

    /** Refuses the claims that have waited since before that time. */
    public void expire(long since) {
        waiting.removeOlder(since).forEach(Claim::refused);
    }

    public boolean isUnused() {
        return granted == 0 && waiting.isEmpty();
    }

    int granted() {
        return granted;
    }

    private void grant(Claim claim) {
        claim.hasShare = true;
        claim.previous = null;
        claim.next = first;
        if (first != null) {
            first.previous = claim;
        }
        first = claim;
        granted++;
        if (crowd != null) {
            crowd.add(claim.who());
        } else if (granted >= capacity / CROWD_SHARE) {
            crowd = new Crowd(first);
        }
    }

    private void revoke(Claim claim) {
        claim.hasShare = false;
        if (claim.previous == null) {
            first = claim.next;
        } else {
            claim.previous.next = claim.next;
        }
        if (claim.next != null) {
            claim.next.previous = claim.previous;
        }
        claim.previous = null;
        claim.next = null;
        granted--;
        if (crowd != null) {
            crowd.remove(claim.who());
            if (granted < capacity / CROWD_SHARE / 2 && waiting.isEmpty()) {
                crowd = null;
            }
        }
    }

    private boolean mayHave(Claim claim) {
        var free = capacity - granted;
        if (crowd == null || free <= 0) {
            return free > 0;
        }
        var owner = claim.who();
        return mayHave(crowd.of(owner.address()), crowd.of(owner), free)
                && (claim.isComplete() || incomplete() < capacity / 2);
    }

    private boolean mayHave(int ofAddress, int ofConnection, int free) {
        if (ofConnection == 0) {
            return ofAddress == 0 || ofAddress < FIRST_PER_FREE * free;
        }
        return ofAddress < MORE_PER_FREE * free && ofConnection * FREE_PER_CONNECTION < free - capacity / KEPT;
    }

    private int incomplete() {
        var count = 0;
        for (var claim = first; claim != null; claim = claim.next) {
            count += claim.isComplete() ? 0 : 1;
        }
        return count;
    }

    /** Grants what may be granted now. */
    private void serve() {
        while (!waiting.isEmpty()) {
            var next = waiting.poll(this::mayHave);
            if (next == null) {
                return;
            }
            give(next);
        }
    }

    private void give(Claim claim) {
        grant(claim);
        claim.granted();
    }

    /** While there are claims that wait, from time to time. */
    private void tick(long nanos) {
        if (!ticking) {
            ticking = true;
            timer.after(nanos, () -> {
                ticking = false;
                serve();
                relieve();
                if (!waiting.isEmpty()) {
                    tick(TICK_NANOS);
                }
            });
        }
    }

    /** As many give way as there are claims that wait, if so many keep their shares waiting for their clients. */
    private void relieve() {
        if (crowd == null || waiting.isEmpty()) {
            return;
        }
        var stalled = crowd.stalled(first, clock.getAsLong() - GRACE_NANOS).iterator();
        for (var tries = Math.min(waiting.size(), MOST_AT_ONCE);
                tries > 0 && stalled.hasNext() && crowd != null;
                tries--) {
            var victim = stalled.next();
            var asking = waiting.least(crowd);
            if (asking == null || !victim.hasShare || !crowd.exceeds(victim.who(), asking.who())) {
                continue;
            }
            revoke(victim);
            victim.refused();
            if (asking.isWaiting && mayHave(asking)) {
                waiting.remove(asking);
                give(asking);
            }
        }
        serve();
    }
}
