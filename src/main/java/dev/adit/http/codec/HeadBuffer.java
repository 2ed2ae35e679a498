package dev.adit.http.codec;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.routing.policy.FieldValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the heads of one event loop are written before they are sent. Text that others chose is checked while it is
 * copied, so that no field can end early or begin another, whatever the decoder let through (RFC 9110 §5.5, RFC 9112 §5).
 * Text that fails leaves nothing behind, and the caller has to answer for it.
 */
public final class HeadBuffer implements FieldSink {
    private static final boolean[] TOKEN = tokens();

    private byte[] bytes = new byte[4096];
    private int length;

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public HeadBuffer clear() {
        length = 0;
        return this;
    }

    public HeadBuffer put(byte[] constant) {
        ensure(constant.length);
        System.arraycopy(constant, 0, bytes, length, constant.length);
        length += constant.length;
        return this;
    }

    public HeadBuffer put(long number) {
        return copy(Long.toString(number));
    }

    /** A field line of our own. */
    HeadBuffer put(CharSequence name, FieldValue value) {
        return copy(name).put(Ascii.COLON).copy(value.text()).put(Ascii.CRLF);
    }

    /** The body of an answer of our own, in ASCII. */
    HeadBuffer body(String text) {
        return copy(text);
    }

    /** A field line; false when the name is not a token or the value holds a control character. */
    @Override
    @CheckReturnValue
    public boolean field(CharSequence name, CharSequence value) {
        var start = length;
        copy(name);
        for (var i = start; i < length; i++) {
            if (bytes[i] < 0 || !TOKEN[bytes[i]]) {
                return undo(start);
            }
        }
        if (length == start) {
            return false;
        }
        put(Ascii.COLON);
        return line(value) || undo(start);
    }

    @Override
    @CheckReturnValue
    public boolean field(OwnField name, CharSequence value) {
        var start = length;
        put(name.line());
        return line(value) || undo(start);
    }

    /** The rest of a line; false when it holds a control character. */
    @CheckReturnValue
    boolean line(CharSequence text) {
        var start = length;
        copy(text);
        for (var i = start; i < length; i++) {
            var b = bytes[i];
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                return undo(start);
            }
        }
        put(Ascii.CRLF);
        return true;
    }

    /** A word of a request line; false when it holds a blank or a control character. */
    @CheckReturnValue
    boolean word(CharSequence text) {
        var start = length;
        copy(text);
        for (var i = start; i < length; i++) {
            if ((bytes[i] >= 0 && bytes[i] <= ' ') || bytes[i] == 0x7f) {
                return undo(start);
            }
        }
        return true;
    }

    private boolean undo(int start) {
        length = start;
        return false;
    }

    /** Latin-1, unchecked. */
    @SuppressWarnings("deprecation") // the one copy of a Latin-1 String that needs no array in between
    private HeadBuffer copy(CharSequence text) {
        var count = text.length();
        ensure(count);
        switch (text) {
            case String string -> string.getBytes(0, count, bytes, length);
            case AsciiString ascii -> System.arraycopy(ascii.array(), ascii.arrayOffset(), bytes, length, count);
            default -> text.toString().getBytes(0, count, bytes, length);
        }
        length += count;
        return this;
    }

    /** Whether it may be the name of a field or of a method. */
    public static boolean isToken(CharSequence text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether it may be the value of a field. */
    public static boolean isLine(CharSequence text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** The value without blanks at its ends, where HTTP/2 has none (RFC 9113 §8.2.1). */
    public static CharSequence strip(CharSequence value) {
        var from = 0;
        var to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return to - from == value.length() ? value : value.subSequence(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    public ByteBuf copy(ByteBufAllocator allocator) {
        return allocator.directBuffer(length).writeBytes(bytes, 0, length);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** RFC 9110 §5.6.2. */
    private static boolean[] tokens() {
        var token = new boolean[128];
        for (var c = '0'; c <= 'z'; c++) {
            token[c] = Character.isLetterOrDigit(c);
        }
        for (var c : "!#$%&'*+-.^_`|~".toCharArray()) {
            token[c] = true;
        }
        return token;
    }
}
