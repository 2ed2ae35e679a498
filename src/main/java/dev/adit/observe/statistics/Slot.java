package dev.adit.observe.statistics;

import java.util.Arrays;

/** The counts of one span of time. Most are 0, so only the others are kept: their distance from the one before, and their value. */
final class Slot {
    static final Slot EMPTY = new Slot(new byte[0]);

    private static final int MOST_BYTES_OF_NUMBER = 5;
    private static final int DIGIT_BITS = 7;
    private static final int DIGIT = (1 << DIGIT_BITS) - 1;

    private final byte[] bytes;

    private Slot(byte[] bytes) {
        this.bytes = bytes;
    }

    static Slot of(int[] counts) {
        var bytes = new byte[counts.length * (1 + MOST_BYTES_OF_NUMBER)];
        var length = 0;
        var last = -1;
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                bytes[length++] = (byte) (i - last);
                length = number(counts[i], bytes, length);
                last = i;
            }
        }
        return length == 0 ? EMPTY : new Slot(Arrays.copyOf(bytes, length));
    }

    private static int number(int number, byte[] bytes, int from) {
        var at = from;
        var rest = number;
        for (; (rest & ~DIGIT) != 0; rest >>>= DIGIT_BITS) {
            bytes[at++] = (byte) ((rest & DIGIT) | ~DIGIT);
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    void addTo(long[] sums) {
        var index = -1;
        for (var at = 0; at < bytes.length; ) {
            index += bytes[at++];
            var number = 0;
            var shift = 0;
            while (bytes[at] < 0) {
                number |= (bytes[at++] & DIGIT) << shift;
                shift += DIGIT_BITS;
            }
            number |= bytes[at++] << shift;
            sums[index] += Integer.toUnsignedLong(number);
        }
    }
}
