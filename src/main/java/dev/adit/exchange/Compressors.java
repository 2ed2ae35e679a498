package dev.adit.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The compressors of one event loop. Each has a quarter of a megabyte of its own, so there are not too many, and some are kept. */
final class Compressors {
    private static final int MOST = 128;
    private static final int KEPT = 4;

    // All of one level: with another one the first bytes would be kept back.
    private final Deque<Deflater> free = new ArrayDeque<>(KEPT);
    private int level;
    private int used;

    /** One that writes nothing but what it has compressed; null where too many are in use. */
    @Nullable
    Deflater take(int wanted) {
        if (used >= MOST) {
            return null;
        }
        used++;
        if (wanted != level) {
            level = wanted;
            free.forEach(Deflater::end);
            free.clear();
        }
        var kept = free.poll();
        return kept == null ? new Deflater(wanted, true) : kept;
    }

    /**
     * Takes one back.
     *
     * @param itsLevel with which it was taken
     */
    void giveBack(Deflater deflater, int itsLevel) {
        used--;
        if (itsLevel == level && free.size() < KEPT) {
            deflater.reset();
            free.push(deflater);
        } else {
            deflater.end();
        }
    }
}
