package dev.adit.downstream.http1;

import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import java.util.function.LongSupplier;

/**
 * What one connection makes Adit hold: a head that has come in part, requests that were sent ahead, a response that its
 * client does not read.
 */
final class HeldBytes implements MemoryBudget.Holder {
    private final MemoryBudget budget;
    private final Http1ClientConnection connection;
    private final LongSupplier bytes;
    private boolean isHolding;

    HeldBytes(MemoryBudget budget, Http1ClientConnection connection, LongSupplier bytes) {
        this.budget = budget;
        this.connection = connection;
        this.bytes = bytes;
    }

    /** To be called whenever there may be more. */
    void update() {
        var now = held();
        if (now > 0 || isHolding) {
            isHolding = now > 0;
            budget.hold(this, now);
        }
    }

    void release() {
        budget.release(this);
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
