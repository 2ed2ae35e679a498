package dev.adit.exchange;

import java.util.concurrent.Executor;

/**
 * How many connections to endpoints one event loop has read from in its present turn. Whoever asks meanwhile waits for the
 * end of the turn: the first few connections may be read from as much as there is, all others a little at a time.
 */
final class ReadTurn {
    private static final int FREE = 16;

    private final Executor loop;
    private boolean hasBegun;
    private int reads;

    /**
     * Before the first turn.
     *
     * @param loop runs a task when everything that was ready in this turn has been looked at
     */
    ReadTurn(Executor loop) {
        this.loop = loop;
    }

    /** One more connection is read from; whether others have been read from enough already. */
    boolean isCrowded() {
        if (!hasBegun) {
            hasBegun = true;
            loop.execute(this::end);
        }
        return ++reads > FREE;
    }

    private void end() {
        hasBegun = false;
        reads = 0;
    }
}
