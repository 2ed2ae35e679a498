package dev.adit.observe.statistics;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** A route, an endpoint or everything: what each event loop has counted of it, and its last hour. */
final class Subject {
    private static final double NANOS_PER_SECOND = 1e9;

    // An event loop may hold a tally for so many turns before it asks for it again.
    private static final int TURNS_UNTIL_FORGOTTEN = 2 * Statistics.SLOTS_OF_PERIOD;

    private final AtomicReferenceArray<Tally> tallies;
    private final History history;
    private long turnedAt;
    private int idleTurns;

    /**
     * One that nothing has been counted of.
     *
     * @param loops how many event loops there are at most
     * @param turn the number of the slot that is not over yet
     * @param turnedAt when the last one ended, in nanoseconds
     */
    Subject(int loops, long turn, long turnedAt) {
        this.tallies = new AtomicReferenceArray<>(loops);
        this.history = new History(turn);
        this.turnedAt = turnedAt;
    }

    /** That of an event loop, on its thread. */
    Tally tally(int loop) {
        var known = tallies.getPlain(loop);
        if (known != null) {
            return known;
        }
        var tally = new Tally();
        tallies.setRelease(loop, tally);
        return tally;
    }

    int[] total() {
        var total = new int[Tally.SIZE];
        for (var i = 0; i < tallies.length(); i++) {
            var tally = tallies.getAcquire(i);
            if (tally != null) {
                tally.addTo(total);
            }
        }
        return total;
    }

    synchronized void turn(long turn, long now) {
        var total = total();
        idleTurns = history.isIdle(total) ? idleTurns + 1 : 0;
        history.turn(turn, total);
        turnedAt = now;
    }

    /** Whether nothing has been counted for an hour, and no event loop is about to. */
    synchronized boolean isIdle() {
        return idleTurns >= TURNS_UNTIL_FORGOTTEN;
    }

    /** Those of a window that ends now. */
    synchronized Signals signals(Window window, long now) {
        return history.signals(window, total(), (double) Math.max(0, now - turnedAt) / NANOS_PER_SECOND);
    }
}
