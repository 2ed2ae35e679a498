package dev.adit.http1;

import dev.adit.http.Limits;

/** Which of a client's time limits runs, and whether it is over; times as of {@link System#nanoTime}. */
final class ClientClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Limits limits;
    private Phase phase = Phase.IDLE;
    private long since = System.nanoTime();
    private long progress;

    enum Phase {
        /** No byte of a request has come. */
        IDLE,
        /** Some have, but not its whole head. */
        HEAD,
        /** The head is whole; the body, if any, may be on its way. */
        REQUEST,
        /** The client does not read what it is sent. */
        BLOCKED
    }

    ClientClock(Limits limits) {
        this.limits = limits;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        if (phase != next) {
            phase = next;
            since = System.nanoTime();
            progress = 0;
        }
    }

    /** Bytes of a body have come. */
    void progress(int bytes) {
        progress += bytes;
    }

    /**
     * Whether the client has had its time.
     *
     * @param awaited whether it is the client's turn to send
     */
    boolean isOver(long now, boolean awaited) {
        var passed = now - since;
        return switch (phase) {
            case IDLE -> passed > limits.idle().toNanos();
            case HEAD -> passed > limits.head().toNanos();
            case BLOCKED -> passed > limits.stall().toNanos();
            case REQUEST -> {
                if (passed <= limits.stall().toNanos()) {
                    yield false;
                }
                var crawled = progress < Limits.BYTES_PER_SECOND * (passed / NANOS_PER_SECOND);
                since = now;
                progress = 0;
                yield awaited && crawled;
            }
        };
    }
}
