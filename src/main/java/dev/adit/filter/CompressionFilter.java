package dev.adit.filter;

import dev.adit.http.FieldRules;
import dev.adit.routing.policy.Compression;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which bodies are compressed, as the gzip module of nginx does, and says so in the head. */
final class CompressionFilter implements Filter {
    private static final String ANY = "*";
    private static final AsciiString GZIP = AsciiString.cached("gzip");
    private static final AsciiString ACCEPT_ENCODING = AsciiString.cached("Accept-Encoding");
    // Others are about a body that the client has, or are too short.
    private static final Set<Integer> STATUSES = Set.of(200, 403, 404);

    private final int level;
    private final long minLength;
    private final Set<String> types;

    CompressionFilter(Compression policy) {
        level = policy.level();
        minLength = policy.minLength();
        types = Set.copyOf(policy.types());
    }

    @Override
    public void response(FilteredRequest request, FilteredResponse response) {
        var fields = response.fields();
        if (!response.isOfEndpoint() || !isWorthIt(response.status(), fields)) {
            return;
        }
        fields.add(HttpHeaderNames.VARY, ACCEPT_ENCODING);
        if (isAccepted(request.fields()) && response.compress(level)) {
            fields.remove(HttpHeaderNames.CONTENT_LENGTH);
            fields.remove(HttpHeaderNames.ACCEPT_RANGES);
            fields.set(HttpHeaderNames.CONTENT_ENCODING, GZIP);
            weaken(fields);
        }
    }

    private boolean isWorthIt(int status, HttpHeaders fields) {
        return STATUSES.contains(status)
                && !fields.contains(HttpHeaderNames.CONTENT_ENCODING)
                && isLong(fields.get(HttpHeaderNames.CONTENT_LENGTH))
                && isOfType(fields.get(HttpHeaderNames.CONTENT_TYPE, ""))
                // RFC 9110 §7.7: what says so is passed on as it is.
                && !FieldRules.hasToken(fields.getAll(HttpHeaderNames.CACHE_CONTROL), "no-transform");
    }

    private boolean isLong(@Nullable String length) {
        if (length == null) {
            return true;
        }
        try {
            return Long.parseLong(length) >= minLength;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private boolean isOfType(String field) {
        var end = field.indexOf(';');
        var type = (end < 0 ? field : field.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return !type.isEmpty() && (type.equals("text/html") || types.contains(ANY) || types.contains(type));
    }

    /** RFC 9110 §12.5.3: gzip is named, and not with a weight of nothing. As in nginx, {@code *} does not name it. */
    private static boolean isAccepted(HttpHeaders fields) {
        for (var field : fields.getAll(HttpHeaderNames.ACCEPT_ENCODING)) {
            for (var coding : field.split(",", -1)) {
                var parts = coding.split(";", 2);
                if (parts[0].strip().equalsIgnoreCase("gzip")) {
                    return parts.length == 1 || !isNothing(parts[1].strip());
                }
            }
        }
        return false;
    }

    private static boolean isNothing(String weight) {
        return weight.regionMatches(true, 0, "q=", 0, 2)
                && weight.substring(2).strip().chars().allMatch(one -> one == '0' || one == '.');
    }

    /** RFC 9110 §8.8.1: another representation has no strong validator of the first one. */
    private static void weaken(HttpHeaders fields) {
        var tag = fields.get(HttpHeaderNames.ETAG);
        if (tag != null && tag.startsWith("\"")) {
            fields.set(HttpHeaderNames.ETAG, "W/" + tag);
        } else if (tag != null && !tag.startsWith("W/")) {
            fields.remove(HttpHeaderNames.ETAG);
        }
    }
}
