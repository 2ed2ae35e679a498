package dev.adit.http;

/** Which of a client's time limits runs, and whether it is over; times as of {@link System#nanoTime}. */
public final class ClientClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Limits limits;
    private Phase phase = Phase.IDLE;
    private long since = System.nanoTime();
    private long progress;
    private long unread;
    private long read;
    private long unreadSince;

    public enum Phase {
        /** No byte of a request has come. */
        IDLE,
        /** Some have, but not its whole head. */
        HEAD,
        /** The head is whole; the body, if any, may be on its way. */
        REQUEST,
        /** The client does not read what it is sent. */
        BLOCKED;

        public boolean isBeforeRequest() {
            return this == IDLE || this == HEAD;
        }
    }

    public ClientClock(Limits limits) {
        this.limits = limits;
    }

    public Phase phase() {
        return phase;
    }

    public void enter(Phase next) {
        if (phase != next) {
            phase = next;
            restart();
        }
    }

    /** From now on it is the client's turn again. */
    public void restart() {
        since = System.nanoTime();
        progress = 0;
    }

    /** Bytes of a body have come. */
    public void progress(int bytes) {
        progress += bytes;
    }

    /**
     * Whether the client has had its time.
     *
     * @param awaited whether it is the client's turn to send
     * @param pending how many bytes it has not read yet
     */
    public boolean isOver(long now, boolean awaited, long pending) {
        if (pending > 0) {
            return isBlocked(now, pending);
        }
        unread = 0;
        var passed = now - since;
        return switch (phase) {
            case IDLE -> passed > limits.idle().toNanos();
            case HEAD -> passed > limits.head().toNanos();
            case BLOCKED -> true;
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

    /** Reading is a crawl, too, if it is slower than the slowest body may be. */
    private boolean isBlocked(long now, long pending) {
        if (unread == 0) {
            unreadSince = now;
            read = 0;
        }
        read += Math.max(0, unread - pending);
        unread = pending;
        var passed = now - unreadSince;
        if (passed <= limits.stall().toNanos()) {
            return false;
        }
        var crawled = read < Limits.BYTES_PER_SECOND * Math.max(1, passed / NANOS_PER_SECOND);
        unreadSince = now;
        read = 0;
        phase = crawled ? Phase.BLOCKED : phase;
        return crawled;
    }
}
