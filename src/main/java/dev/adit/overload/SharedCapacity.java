package dev.adit.overload;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/** What the clients of one event loop share: its memory, and the connections to each endpoint. */
public final class SharedCapacity {
    private final Capacity capacity;
    private final EventExecutor loop;
    private final MemoryBudget memory;

    public SharedCapacity(Capacity capacity, EventExecutor loop) {
        this.capacity = capacity;
        this.loop = loop;
        this.memory = new MemoryBudget(capacity.heldBytes(), loop, System::nanoTime);
    }

    public MemoryBudget memory() {
        return memory;
    }

    /** The connections to one more endpoint, all of them free. */
    public FairShares endpoint() {
        FairShares.Timer timer = (nanos, task) -> {
            var _ = loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
        };
        return new FairShares(capacity.endpointConnections(), capacity.waiting(), timer, System::nanoTime);
    }
}
