package dev.adit.exchange;

import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What observers want to know of the head of a request, taken before filters change it. */
final class AskedHead {
    // Two blanks, the version and two line ends; a colon, a blank and a line end.
    private static final int REQUEST_LINE = 14;
    private static final int FIELD_LINE = 4;

    private final List<String> names;
    private final @Nullable String[] values;
    private final long bytes;

    AskedHead(HttpRequest request, List<String> names) {
        this.names = names;
        this.values = new String[names.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = request.headers().get(names.get(i));
        }
        this.bytes = bytes(request);
    }

    @Nullable
    String field(String name) {
        var index = names.indexOf(name);
        return index < 0 ? null : values[index];
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
