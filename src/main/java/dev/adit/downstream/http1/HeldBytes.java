package dev.adit.downstream.http1;

import dev.adit.overload.Holding;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import java.util.function.LongSupplier;

/**
 * What one connection makes Adit hold: a head that has come in part, requests that were sent ahead, a response that its
 * client does not read.
 */
final class HeldBytes implements MemoryBudget.Holder {
    private final Holding holding;
    private final Http1ClientConnection connection;
    private final LongSupplier bytes;

    HeldBytes(MemoryBudget budget, Http1ClientConnection connection, LongSupplier bytes) {
        this.holding = budget.holding(this);
        this.connection = connection;
        this.bytes = bytes;
    }

    /** To be called whenever there may be more. */
    void update() {
        holding.update();
    }

    /** Nothing is held any more, nor will be. */
    void close() {
        holding.close();
    }

    @Override
    public long held() {
        return bytes.getAsLong();
    }

    @Override
    public Owner owner() {
        return connection.owner();
    }

    @Override
    public void giveWay() {
        connection.giveWay();
    }
}
