package dev.adit.http.codec;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/**
 * How a message says where its body ends (RFC 9112 §6). Read again here, and more strictly than any decoder: what two
 * readers could take in two ways is not passed on.
 *
 * @param length in bytes, where the kind has one
 */
public record Framing(Kind kind, long length) {
    public enum Kind {
        NONE,
        LENGTH,
        CHUNKED,
        /** Of responses alone: the body ends with the connection. */
        UNTIL_CLOSE,
        UNCLEAR
    }

    // A draft of WebSocket had a body of eight bytes behind these, which Netty still reads and nobody else does.
    private static final AsciiString HIXIE_KEY_1 = AsciiString.cached("sec-websocket-key1");
    private static final AsciiString HIXIE_KEY_2 = AsciiString.cached("sec-websocket-key2");

    /** Of a head before the final one, which no body follows. */
    public static final Framing INTERIM = new Framing(Kind.CHUNKED, 0);

    /** Of a body without a byte. */
    public static final Framing EMPTY = new Framing(Kind.LENGTH, 0);

    private static final Framing NONE = new Framing(Kind.NONE, 0);
    private static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0);
    private static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, 0);
    private static final Framing UNCLEAR = new Framing(Kind.UNCLEAR, 0);

    public boolean is(Kind other) {
        return kind == other;
    }

    /** That of the same message without its body. */
    public Framing withoutBody() {
        return kind == Kind.NONE ? this : EMPTY;
    }

    /** Whether no byte of a body will come. */
    public boolean isEmpty() {
        return kind == Kind.NONE || (kind == Kind.LENGTH && length == 0);
    }

    /** That of the same message with a body whose length is not known. */
    public Framing withoutLength() {
        return isEmpty() ? this : CHUNKED;
    }

    /** What the client understands of a response's framing: HTTP/1.0 knows no chunks (RFC 9112 §6.1). */
    public Framing toward(boolean http10) {
        return switch (kind) {
            case CHUNKED, UNTIL_CLOSE -> http10 ? UNTIL_CLOSE : CHUNKED;
            case NONE, LENGTH, UNCLEAR -> this;
        };
    }

    public static Framing ofRequest(HttpVersion version, HttpHeaders fields) {
        if (fields.contains(HIXIE_KEY_1) || fields.contains(HIXIE_KEY_2)) {
            return UNCLEAR;
        }
        var framing = of(version, fields);
        return framing.is(Kind.UNTIL_CLOSE) ? NONE : framing;
    }

    /** Of a request in HTTP/2, which ends with its stream; the length, if it says one, has been held against that. */
    public static Framing ofStream(HttpHeaders fields, boolean ended) {
        var framing = ofRequest(HttpVersion.HTTP_1_1, fields);
        return framing.is(Kind.NONE) && !ended ? CHUNKED : framing;
    }

    public static Framing ofResponse(HttpVersion version, HttpHeaders fields, int status, boolean head) {
        var framing = of(version, fields);
        // RFC 9112 §6.3: these have none, whatever their fields say.
        return !framing.is(Kind.UNCLEAR) && (head || status == 204 || status == 304) ? NONE : framing;
    }

    private static Framing of(HttpVersion version, HttpHeaders fields) {
        var length = fields.get(HttpHeaderNames.CONTENT_LENGTH);
        if (fields.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            var codings = fields.getAll(HttpHeaderNames.TRANSFER_ENCODING);
            var clear = length == null
                    && codings.size() == 1
                    && codings.getFirst().equalsIgnoreCase("chunked")
                    && version.equals(HttpVersion.HTTP_1_1);
            return clear ? CHUNKED : UNCLEAR;
        }
        if (length == null) {
            return UNTIL_CLOSE;
        }
        var bytes = digits(length);
        return bytes < 0 || fields.getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1
                ? UNCLEAR
                : new Framing(Kind.LENGTH, bytes);
    }

    /** Digits alone, of at most 18 places; -1 for anything else. */
    private static long digits(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        var value = 0L;
        for (var i = 0; i < text.length(); i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
