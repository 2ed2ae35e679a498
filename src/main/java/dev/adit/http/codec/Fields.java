package dev.adit.http.codec;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.http.FieldRules;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Copies the fields that pass from one head to the next. */
public final class Fields {
    private Fields() {}

    public static Set<String> nominated(HttpHeaders fields) {
        return fields.contains(HttpHeaderNames.CONNECTION)
                ? FieldRules.nominated(fields.getAll(HttpHeaderNames.CONNECTION))
                : Set.of();
    }

    /**
     * Removes the fields that Connection names, and leaves in it what is said of the connection itself. For those who add
     * fields to a message: its sender could name theirs, too (CVE-2024-45410).
     */
    public static void dropNominated(HttpHeaders fields) {
        var nominated = nominated(fields);
        if (nominated.isEmpty()) {
            return;
        }
        var options = new StringJoiner(", ");
        for (var name : nominated) {
            if (FieldRules.isConnectionOption(name)) {
                options.add(name);
            } else {
                fields.remove(name);
            }
        }
        fields.set(HttpHeaderNames.CONNECTION, options.toString());
    }

    /** Whether there are more lines than that. */
    public static boolean exceed(HttpHeaders fields, int lines) {
        var left = lines;
        for (var all = fields.iteratorCharSequence(); all.hasNext(); all.next()) {
            if (left-- == 0) {
                return true;
            }
        }
        return false;
    }

    @CheckReturnValue
    public static boolean areWellFormed(HttpHeaders fields, HeadBuffer scratch) {
        scratch.clear();
        for (var all = fields.iteratorCharSequence(); all.hasNext(); ) {
            var field = all.next();
            if (!scratch.field(field.getKey(), field.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Of a response or of trailers, less the length, which the framing says anew; false when one is malformed. */
    @CheckReturnValue
    public static boolean copy(HttpHeaders from, FieldSink to, Set<String> nominated) {
        for (var fields = from.iteratorCharSequence(); fields.hasNext(); ) {
            var field = fields.next();
            var name = field.getKey();
            if (FieldRules.passesResponse(name, nominated) && !isLength(name) && !to.field(name, field.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Those that may stand after a body; one that is malformed ends both connections, since it is too late to answer. */
    static void copyTrailers(HttpHeaders from, HeadBuffer to) {
        for (var fields = from.iteratorCharSequence(); fields.hasNext(); ) {
            var field = fields.next();
            if (FieldRules.passesTrailer(field.getKey()) && !to.field(field.getKey(), field.getValue())) {
                throw new IllegalArgumentException("a trailer is malformed");
            }
        }
    }

    /** Of a request, less those that the proxy sets itself; false when one is malformed. */
    @CheckReturnValue
    static boolean copyRequest(HttpHeaders from, FieldSink to, Set<String> nominated) {
        for (var fields = from.iteratorCharSequence(); fields.hasNext(); ) {
            var field = fields.next();
            var name = field.getKey();
            if (FieldRules.passesRequest(name, nominated) && !isLength(name) && !to.field(name, field.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the sender of these takes trailers (RFC 9110 §10.1.4). */
    public static boolean takesTrailers(HttpHeaders request) {
        return request.contains(HttpHeaderNames.TE)
                && FieldRules.hasToken(request.getAll(HttpHeaderNames.TE), "trailers");
    }

    /** RFC 9110 §8.6: of a response without a body, the length that a GET would have had; null for none. */
    public static @Nullable String lengthWithoutBody(HttpResponse response) {
        return response.status().equals(HttpResponseStatus.NO_CONTENT)
                ? null
                : response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    }

    public static boolean isLength(CharSequence name) {
        return name.length() == 14 && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name);
    }
}
