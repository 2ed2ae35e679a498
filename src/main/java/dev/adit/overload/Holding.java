package dev.adit.overload;

/** How much a holder holds, and since when. */
final class Holding {
    private final MemoryBudget.Holder holder;
    private long bytes;
    private long since;

    Holding(MemoryBudget.Holder holder, long now) {
        this.holder = holder;
        this.since = now;
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

    void update(long now, long at) {
        if (now < bytes) {
            var left = (double) now / bytes;
            since = at - (long) ((at - since) * left);
        }
        bytes = now;
    }
}
