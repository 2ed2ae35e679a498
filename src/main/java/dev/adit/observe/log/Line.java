package dev.adit.observe.log;

import dev.adit.routing.upstream.Endpoint;
import java.util.Arrays;

/** One line while it is written, and when that is. Each event loop has one, which it fills again and again. */
final class Line {
    private static final int FIRST_BYTES = 1_024;
    private static final int MOST_KEPT = 16_384;
    private static final int MOST_DIGITS = 19;
    // To call what copies more takes longer than that.
    private static final int MOST_BY_HAND = 8;
    private static final int TEN = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int PRINTABLE = ' ';
    private static final int DELETE = 127;
    private static final boolean[] PLAIN = plain();
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final Moment now;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    Line(Moment now) {
        this.now = now;
    }

    Moment now() {
        return now;
    }

    void clear() {
        length = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[FIRST_BYTES]; // a long line comes seldom
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    Line raw(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** Text of ours, in which nothing has to be escaped. */
    Line raw(byte[] text) {
        room(text.length);
        if (text.length > MOST_BY_HAND) {
            System.arraycopy(text, 0, bytes, length, text.length);
            length += text.length;
        } else {
            for (var b : text) {
                bytes[length++] = b;
            }
        }
        return this;
    }

    /** The same. */
    @SuppressWarnings("deprecation") // it takes the lower half of each character, and these are ASCII
    Line raw(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    /** Writes a text as long as nothing in it has to be escaped, and returns how much that was. */
    private int plain(String text) {
        room(text.length());
        var into = bytes;
        var at = length;
        var count = text.length();
        for (var i = 0; i < count; i++) {
            var c = text.charAt(i);
            if (!isPlain(c)) {
                length += i;
                return i;
            }
            into[at + i] = (byte) c;
        }
        length += count;
        return count;
    }

    Line number(long number) {
        if (number < 0) {
            return raw(Long.toString(number));
        }
        room(MOST_DIGITS);
        var digits = 1;
        for (var rest = number; rest >= TEN; rest /= TEN) {
            digits++;
        }
        var rest = number;
        for (var i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % TEN);
            rest /= TEN;
        }
        length += digits;
        return this;
    }

    Line endpoint(Endpoint endpoint) {
        var isLong = endpoint.address().indexOf(':') >= 0;
        return (isLong ? raw('[').raw(endpoint.address()).raw(']') : raw(endpoint.address()))
                .raw(':')
                .number(endpoint.port());
    }

    /** Seconds with three digits behind the point, as nginx has them. */
    Line seconds(long nanos) {
        return millis(nanos / NANOS_PER_MILLI);
    }

    Line millis(long millis) {
        number(millis / MILLIS_PER_SECOND).raw('.');
        var rest = (int) (millis % MILLIS_PER_SECOND);
        return raw((char) ('0' + rest / 100)).raw((char) ('0' + rest / 10 % 10)).raw((char) ('0' + rest % 10));
    }

    /** What others wrote, as nginx escapes it: nobody ends a line or a quotation with it, or speaks to a terminal. */
    Line escaped(String text) {
        var i = plain(text);
        room(4 * (text.length() - i));
        for (; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isPlain(c)) {
                bytes[length++] = (byte) c;
            } else {
                bytes[length++] = '\\';
                bytes[length++] = 'x';
                hex(c);
            }
        }
        return this;
    }

    /** The same as a string of JSON, without its quotation marks. A character beyond ASCII is a byte of what was sent. */
    Line json(String text) {
        var i = plain(text);
        room(6 * (text.length() - i));
        for (; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isPlain(c)) {
                bytes[length++] = (byte) c;
            } else if (c == '"' || c == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = (byte) c;
            } else {
                bytes[length++] = '\\';
                bytes[length++] = 'u';
                bytes[length++] = (byte) HEX[c >> 12];
                bytes[length++] = (byte) HEX[c >> 8 & 15];
                hex(c);
            }
        }
        return this;
    }

    private static boolean isPlain(char c) {
        return c < PLAIN.length && PLAIN[c];
    }

    private static boolean[] plain() {
        var plain = new boolean[256];
        for (var c = PRINTABLE; c < DELETE; c++) {
            plain[c] = c != '"' && c != '\\';
        }
        return plain;
    }

    private void hex(char c) {
        bytes[length++] = (byte) HEX[c >> 4 & 15];
        bytes[length++] = (byte) HEX[c & 15];
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
