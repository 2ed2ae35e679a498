package dev.adit.observe.statistics;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** A route, an endpoint or everything: what each event loop has counted of it, and its last hour. */
final class Subject {
    private final AtomicReferenceArray<Tally> tallies;
    private final History history;

    /**
     * One that nothing has been counted of.
     *
     * @param loops how many event loops there are at most
     * @param turn the number of the slot that is not over yet
     */
    Subject(int loops, long turn) {
        this.tallies = new AtomicReferenceArray<>(loops);
        this.history = new History(turn);
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

    synchronized void turn(long turn) {
        history.turn(turn, total());
    }

    synchronized boolean isIdle() {
        return history.isIdle(total());
    }

    synchronized Signals signals(Window window, double sinceTurn) {
        return history.signals(window, total(), sinceTurn);
    }
}
