package dev.adit.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the heads of one event loop are written before they are sent. What is written is checked on the way, so that no
 * field can end early or begin another, whatever the decoder let through (RFC 9110 §5.5, RFC 9112 §5).
 */
public final class HeadBuffer {
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

    /** Latin-1, unchecked. */
    @SuppressWarnings("deprecation") // the one copy of a Latin-1 String that needs no array in between
    public HeadBuffer put(CharSequence text) {
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

    public HeadBuffer put(long number) {
        return put(Long.toString(number));
    }

    /** One field line; false when its name is no token or its value holds a control character. */
    boolean field(CharSequence name, CharSequence value) {
        var start = length;
        put(name);
        for (var i = start; i < length; i++) {
            if (bytes[i] < 0 || !TOKEN[bytes[i]]) {
                return false;
            }
        }
        if (length == start) {
            return false;
        }
        put(Ascii.COLON);
        return line(value);
    }

    /** The rest of a line; false when it holds a control character. */
    boolean line(CharSequence text) {
        var from = length;
        put(text);
        for (var i = from; i < length; i++) {
            var b = bytes[i];
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                return false;
            }
        }
        put(Ascii.CRLF);
        return true;
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
