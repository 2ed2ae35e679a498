package dev.adit.downstream.http2;

import dev.adit.overload.Holding;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import io.netty.handler.codec.http2.Http2Stream;

/** What one stream makes Adit hold: a response that waits for its window. */
final class HeldStream implements MemoryBudget.Holder {
    private final StreamMemory connection;
    private final Http2Stream stream;
    private final Owner owner;
    private final Holding holding;
    private int waiting;
    private boolean isListed;

    HeldStream(StreamMemory connection, Http2Stream stream, Owner owner) {
        this.connection = connection;
        this.stream = stream;
        this.owner = owner;
        this.holding = connection.budget().holding(this);
    }

    Http2Stream stream() {
        return stream;
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
            holding.update();
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
        holding.update();
    }

    void closed() {
        holding.close();
    }

    @Override
    public long held() {
        return waiting; // the exchange counts what comes from the client
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
