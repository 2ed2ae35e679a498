package dev.adit.exchange;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** What observers want to know of the head of a request, taken before filters change it. */
final class AskedHead {
    // Two blanks, the version and two line ends; a colon, a blank and a line end.
    private static final int REQUEST_LINE = 14;
    private static final int FIELD_LINE = 4;

    private final HttpRequest request;
    private final AsciiString[] names;
    private final @Nullable String[] values;
    private final long bytes;

    AskedHead(HttpRequest request, AsciiString... names) {
        this.request = request;
        this.names = names;
        this.values = new String[names.length];
        for (var i = 0; i < values.length; i++) {
            values[i] = request.headers().get(names[i]);
        }
        this.bytes = bytes(request);
    }

    /** One that was asked for beforehand; otherwise as filters have left it. */
    @Nullable
    String field(CharSequence name) {
        for (var i = 0; i < names.length; i++) {
            if (names[i].contentEquals(name)) {
                return values[i];
            }
        }
        return request.headers().get(name);
    }

    long bytes() {
        return bytes;
    }

    /** What a head takes on the wire of HTTP/1. */
    static long bytes(HttpRequest request) {
        var bytes = request.method().name().length() + request.uri().length() + REQUEST_LINE;
        for (var field = request.headers().iteratorCharSequence(); field.hasNext(); ) {
            var line = field.next();
            bytes += line.getKey().length() + line.getValue().length() + FIELD_LINE;
        }
        return bytes;
    }
}
