package dev.adit.overload;

/**
 * What one holder holds of a budget, and since when. Once it is closed it holds nothing, whatever happens to its holder
 * afterwards: a connection that has ended may still be flushed, with half a frame that nobody will ever read.
 */
public final class Holding {
    private final MemoryBudget budget;
    private final MemoryBudget.Holder holder;
    private boolean isClosed;
    private long bytes;
    private long since;

    Holding(MemoryBudget budget, MemoryBudget.Holder holder) {
        this.budget = budget;
        this.holder = holder;
    }

    /** Asks the holder; to be called whenever it may hold another amount. */
    public void update() {
        if (isClosed) {
            return;
        }
        var held = holder.held();
        if (held > 0 || bytes > 0) {
            budget.hold(this, held);
        }
    }

    /** The holder holds nothing any more, and never will again. */
    public void close() {
        isClosed = true;
        budget.release(this);
    }

    MemoryBudget.Holder holder() {
        return holder;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Since when the bytes have waited, on average: whoever reads half of them halves their age. One byte now and then
     * changes nothing.
     */
    long since() {
        return since;
    }

    void set(long now, long at) {
        if (bytes == 0) {
            since = at;
        } else if (now < bytes) {
            var left = (double) now / bytes;
            since = at - (long) ((at - since) * left);
        }
        bytes = now;
    }
}
