package dev.adit.http2;

import dev.adit.http.ClientClock;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/** What one stream makes Adit hold: a response that waits for its window, and what lies behind that. */
final class HeldStream implements MemoryBudget.Holder {
    // What Vert.x may have read from an endpoint, and holds while the stream is not written: a window. An answer that
    // is
    // shorter than this has nothing behind it.
    private static final int BEHIND = 65_535;
    private static final int SHORT = 1_024;

    private final StreamMemory connection;
    private final Http2Stream stream;
    private final Owner owner;
    private @Nullable ClientClock delegated;
    private int waiting;
    private boolean isListed;
    private boolean isHolding;

    HeldStream(StreamMemory connection, Http2Stream stream, Owner owner) {
        this.connection = connection;
        this.stream = stream;
        this.owner = owner;
    }

    Http2Stream stream() {
        return stream;
    }

    /** The stream is left to Vert.x. */
    void delegate(ClientClock clock) {
        clock.enter(ClientClock.Phase.REQUEST);
        delegated = clock;
    }

    boolean isDelegated() {
        return delegated != null;
    }

    /** Whether its client has not read for too long; only of a stream that is left to Vert.x. */
    boolean isUnreadTooLong(long now) {
        return delegated != null && delegated.isOver(now, false, waiting);
    }

    /** So many more bytes wait for the window. */
    void waits(int bytes) {
        waiting += bytes;
        connection.waits(bytes);
    }

    /** They have been enqueued; more than fit into the window will not leave soon. */
    void enqueued(int window) {
        if (waiting > 0 && !isListed) {
            isListed = true;
            connection.unsent(this);
        }
        if (waiting > Math.max(0, window) || connection.isCrowded()) {
            update();
        }
    }

    /** So many of them have left, or are dropped. */
    void left(int bytes) {
        waiting -= bytes;
        connection.waits(-bytes);
    }

    /** What could leave has left. */
    void flushed() {
        isListed = false;
        if (waiting > 0) {
            isListed = true;
            connection.unsent(this);
        }
        update();
    }

    void update() {
        var bytes = held();
        if (bytes > 0 || isHolding) {
            isHolding = bytes > 0;
            connection.budget().hold(this, bytes);
        }
    }

    void closed() {
        if (isHolding) {
            isHolding = false;
            connection.budget().release(this);
        }
    }

    @Override
    public long held() {
        if (delegated == null) {
            return waiting; // the exchange counts what comes from the client
        }
        return (long) waiting + (waiting > SHORT ? BEHIND : 0) + connection.unconsumed(stream);
    }

    @Override
    public Owner owner() {
        return owner;
    }

    @Override
    public void giveWay() {
        connection.giveWay(stream);
    }
}
