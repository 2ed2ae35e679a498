package dev.adit.routing;

import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a path that is both matched and forwarded, so that a route can never be chosen by a path which the
 * upstream reads differently (RFC 3986 §6.2.2).
 */
public final class RequestPath {
    private static final String UNRESERVED_MARKS = "-._~";

    private RequestPath() {}

    /**
     * Decodes escaped unreserved characters and resolves dot segments.
     *
     * @param path without query, beginning with a slash
     * @return the same text where nothing had to change, or null when it is not a path
     */
    public static @Nullable String normalize(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return null;
        }
        var decoded = path.indexOf('%') < 0 ? path : decodeUnreserved(path);
        if (decoded == null || hasForbidden(decoded)) {
            return null;
        }
        return decoded.contains("/.") ? resolveDots(decoded) : decoded;
    }

    private static boolean hasForbidden(String path) {
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#') {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String decodeUnreserved(String path) {
        var text = new StringBuilder(path.length());
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c != '%') {
                text.append(c);
                continue;
            }
            var value = i + 2 < path.length() ? hex(path.charAt(i + 1), path.charAt(i + 2)) : -1;
            if (value <= 0) {
                return null; // RFC 3986 §2.1: a percent sign is followed by two hexadecimal digits; NUL is never sent
                // on
            }
            if (isUnreserved(value)) {
                text.append((char) value);
            } else {
                text.append(path.substring(i, i + 3).toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return text.toString();
    }

    private static int hex(char high, char low) {
        var h = Character.digit(high, 16);
        var l = Character.digit(low, 16);
        return h < 0 || l < 0 || high > 'f' || low > 'f' ? -1 : h * 16 + l;
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    /** RFC 3986 §5.2.4; a path that climbs above the root ends at the root. */
    private static String resolveDots(String path) {
        var kept = new ArrayDeque<String>();
        var segments = path.substring(1).split("/", -1);
        for (var i = 0; i < segments.length; i++) {
            var segment = segments[i];
            var dots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                kept.pollLast();
            }
            if (!dots) {
                kept.addLast(segment);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
