package dev.adit.observe.log;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** The lines of one event loop on their way: one thread writes them and one takes them, and neither waits for the other. */
final class LineRing {
    private final byte[] bytes;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong unwritten = new AtomicLong();
    private long drained;

    /** Of so many bytes, a power of two. */
    LineRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(capacity + " is no power of two");
        }
        bytes = new byte[capacity];
    }

    /** Adds a line, and its end, as a whole or not at all. */
    void add(byte[] line, int length) {
        var from = written.getPlain();
        if (length + 1 > bytes.length - (from - taken.getAcquire())) {
            count(dropped);
            return;
        }
        copy(line, length, from);
        bytes[index(from + length)] = '\n';
        count(added);
        written.setRelease(from + length + 1);
    }

    private void copy(byte[] line, int length, long from) {
        var start = index(from);
        var first = Math.min(length, bytes.length - start);
        System.arraycopy(line, 0, bytes, start, first);
        System.arraycopy(line, first, bytes, 0, length - first);
    }

    private int index(long position) {
        return (int) (position & (bytes.length - 1));
    }

    private static void count(AtomicLong counter) {
        counter.setRelease(counter.getPlain() + 1);
    }

    /** Writes all that is there, always whole lines. What cannot be written is gone: it would only be in the way of what comes. */
    boolean drainTo(OutputStream out) throws IOException {
        var from = taken.getPlain();
        var to = written.getAcquire();
        if (from == to) {
            return false;
        }
        // One that is being added may be among them already: then it is not among the next.
        var these = added.getAcquire() - drained;
        drained += these;
        var start = index(from);
        var length = (int) (to - from);
        var isWhole = start + length <= bytes.length;
        try {
            out.write(isWhole ? bytes : unwrapped(start, length), isWhole ? start : 0, length);
            lines.addAndGet(these);
        } catch (IOException e) {
            unwritten.addAndGet(these);
            throw e;
        } finally {
            taken.setRelease(to);
        }
        return true;
    }

    private byte[] unwrapped(int start, int length) {
        var whole = new byte[length];
        var first = bytes.length - start;
        System.arraycopy(bytes, start, whole, 0, first);
        System.arraycopy(bytes, 0, whole, first, length - first);
        return whole;
    }

    /** Whether it is more than half full. */
    boolean isFilling() {
        return written.getPlain() - taken.getAcquire() > bytes.length / 2;
    }

    /** How many lines have been written. */
    long lines() {
        return lines.get();
    }

    /** How many lines there was no room for. */
    long dropped() {
        return dropped.getAcquire();
    }

    /** How many lines could not be written. */
    long unwritten() {
        return unwritten.get();
    }
}
