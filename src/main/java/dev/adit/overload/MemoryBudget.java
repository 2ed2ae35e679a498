package dev.adit.overload;

import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The memory of one event loop for bytes that wait: for the rest of a request, for a client that does not read, or for an
 * endpoint that does not. When it is used up, whoever holds most gives way, and of that what has waited longest. So a
 * client that reads, or holds little, is not affected by one that holds a lot, however often that one asks again.
 */
public final class MemoryBudget {
    private static final Logger LOG = Logger.getLogger(MemoryBudget.class);
    // Of the direct memory of Netty. What is held pins up to twice its size, and everybody else needs some, too.
    private static final int SHARE = 4;
    // Part of the budget that is freed at once, so that the search for who gives way is worth its price.
    private static final int FREED_AT_ONCE = 8;
    private static final int LEAST_ALLOWANCE = 2_048;
    private static final int MOST_ALLOWANCE = 65_536;

    private final long limit;
    private final Executor later;
    private final LongSupplier clock;
    private final Set<Holding> holdings = new LinkedHashSet<>();
    private long total;
    private boolean relieving;
    private long evicted;
    private final LogLimit log = new LogLimit();

    /** One thing that holds memory, such as a stream or a connection. */
    public interface Holder {
        /** How many bytes it holds at this moment. */
        long held();

        Owner owner();

        /** Drops what it holds, and ends what it was held for. */
        void giveWay();
    }

    /**
     * An empty budget.
     *
     * @param limit how many bytes all holders together may hold
     * @param later runs a task soon, on the event loop
     * @param clock as {@link System#nanoTime}
     */
    public MemoryBudget(long limit, Executor later, LongSupplier clock) {
        this.limit = limit;
        this.later = later;
        this.clock = clock;
    }

    /** The limit for one of so many event loops: together a quarter of the direct memory that Netty may use. */
    public static long limit(int loops) {
        return Math.min(
                        PlatformDependent.maxDirectMemory(),
                        Runtime.getRuntime().maxMemory())
                / SHARE
                / loops;
    }

    /**
     * How many bytes may wait for one slow reader before whoever sends them has to wait, too. The less is free the fewer
     * they are, by the square, so that many slow readers each get something before any has to give way.
     */
    public int allowance() {
        var free = Math.max(0, limit - total) / (double) limit;
        return Math.max(LEAST_ALLOWANCE, (int) (MOST_ALLOWANCE * free * free));
    }

    /** How many bytes are held, as far as it is known. */
    long total() {
        return total;
    }

    /** How many holders have had to give way. */
    long evicted() {
        return evicted;
    }

    /** For a holder, which holds nothing yet. */
    public Holding holding(Holder holder) {
        return new Holding(this, holder);
    }

    void hold(Holding holding, long bytes) {
        if (bytes == 0) {
            release(holding);
            return;
        }
        if (holding.bytes() == 0) {
            holdings.add(holding);
        }
        total += bytes - holding.bytes();
        holding.set(bytes, clock.getAsLong());
        if (total > limit && !relieving) {
            relieve(holding);
        }
    }

    void release(Holding holding) {
        if (holdings.remove(holding)) {
            forget(holding);
        }
    }

    private void forget(Holding holding) {
        total -= holding.bytes();
        holding.set(0, 0);
    }

    /** Asks every holder how much it holds: what has left the process by itself was not reported. */
    public void measure() {
        var now = clock.getAsLong();
        for (var holding : List.copyOf(holdings)) {
            var bytes = holding.holder().held();
            if (bytes == 0) {
                release(holding);
            } else if (holdings.contains(holding)) {
                total += bytes - holding.bytes();
                holding.set(bytes, now);
            }
        }
    }

    private void relieve(Holding asking) {
        relieving = true;
        try {
            measure();
            var candidates = new EvictionOrder(holdings);
            var given = new ArrayList<Holding>();
            for (var next = candidates.poll(); next != null && total > target(); next = candidates.poll()) {
                if (holdings.remove(next)) {
                    forget(next);
                    given.add(next);
                }
            }
            given.forEach(holding -> evict(holding, asking));
        } finally {
            relieving = false;
        }
    }

    private long target() {
        return limit - limit / FREED_AT_ONCE;
    }

    private void evict(Holding holding, Holding asking) {
        evicted++;
        report();
        var holder = holding.holder();
        if (holding == asking) {
            later.execute(holder::giveWay); // it is in the middle of something
            return;
        }
        try {
            holder.giveWay();
        } catch (RuntimeException e) {
            LOG.error("A client that holds too much memory could not be cut off", e);
        }
    }

    private void report() {
        if (log.allows(clock.getAsLong())) {
            LOG.warnf(
                    "Clients or endpoints that do not read hold %d MiB on one event loop, which is all that they may hold."
                            + " Those that hold most are cut off. If they mean well, give Adit more memory",
                    limit >> 20);
        }
    }
}
