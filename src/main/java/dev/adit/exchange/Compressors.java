package dev.adit.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** The compressors of one event loop. Each has a quarter of a megabyte of its own, so there are not too many, and some are kept. */
final class Compressors {
    private static final int MOST = 128;
    private static final int KEPT = 4;

    private final Deque<Deflater> free = new ArrayDeque<>(KEPT);
    private int used;

    /** One that writes nothing but what it has compressed; null where too many are in use. */
    @Nullable
    Deflater take(int level) {
        if (used >= MOST) {
            return null;
        }
        used++;
        var kept = free.poll();
        var deflater = kept == null ? new Deflater(level, true) : kept;
        deflater.setLevel(level);
        return deflater;
    }

    void giveBack(Deflater deflater) {
        used--;
        if (free.size() < KEPT) {
            deflater.reset();
            free.push(deflater);
        } else {
            deflater.end();
        }
    }
}
