package dev.adit.kube.watch;

/** How many objects of one kind are asked for at once: fewer after a page that was too large, and from then on. */
final class PageSize {
    // A page is text and objects at once before it has become records. Not the streamed list (sendInitialEvents): this
    // client would ask for it again with each reconnect, and keep what was deleted meanwhile.
    private static final long LARGEST = 500;

    private volatile long size = LARGEST;

    long size() {
        return size;
    }

    void shrink() {
        size = Math.max(PageBound.SMALLEST_PAGE, size / 4);
    }
}
