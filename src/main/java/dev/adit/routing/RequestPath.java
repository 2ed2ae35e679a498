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
    // RFC 3986 §3.3: what a path may hold besides, and what separates its elements.
    private static final String PLAIN_MARKS = "/:@!$&'()*+,;=";
    private static final int MANY = 3;
    // The first bytes of sequences of two, three, four, five and six.
    private static final int[] LEADS = {0xc0, 0xe0, 0xf0, 0xf8, 0xfc};

    private RequestPath() {}

    /**
     * Decodes escaped unreserved characters and resolves dot segments. A path is refused if a server could find one more dot
     * segment in it: a server that decodes slashes, backslashes or several times, that reads overlong UTF-8, or that ignores
     * path parameters (RFC 3986 §3.3), as in {@code /x/..%2fadmin} and {@code /..;/admin}.
     *
     * @param path without query, beginning with a slash
     * @return the same text where nothing had to change, or null when it is not a path
     */
    public static @Nullable String normalize(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return null;
        }
        var isEncoded = path.indexOf('%') >= 0;
        var decoded = isEncoded ? decodeUnreserved(path) : path;
        if (decoded == null || hasForbidden(decoded)) {
            return null;
        }
        var hasDots = decoded.contains("/.");
        var normal = hasDots ? resolveDots(decoded) : decoded;
        if (normal == null) {
            return null;
        }
        if (isEncoded) {
            return hasDotSegment(fullyDecoded(normal, false)) || hasDotSegment(fullyDecoded(normal, true))
                    ? null
                    : normal;
        }
        return hasDots && hasDotSegment(normal) ? null : normal;
    }

    /**
     * Whether a path has an encoded slash or backslash, encoded once or more often.
     *
     * @param path as {@link #normalize} returns it
     */
    public static boolean hasEncodedSlash(String path) {
        if (path.indexOf('%') < 0) {
            return false;
        }
        var plain = separators(path);
        return separators(fullyDecoded(path, false)) > plain || separators(fullyDecoded(path, true)) > plain;
    }

    /**
     * A path as nginx reads it where it looks for a location: of several slashes there is one, and slashes and other characters that a
     * path may hold unescaped are decoded. What an application could take for another path is so guarded as that one.
     *
     * @param path as {@link #normalize} returns it
     * @return the same text where nothing had to change
     */
    public static String merged(String path) {
        if (path.indexOf('%') < 0 && !path.contains("//")) {
            return path;
        }
        var text = new StringBuilder(path.length());
        for (var i = 0; i < path.length(); i++) {
            var value = path.charAt(i) == '%' ? hex(path.charAt(i + 1), path.charAt(i + 2)) : -1;
            var isDecoded = value > 0 && PLAIN_MARKS.indexOf(value) >= 0;
            var c = isDecoded ? (char) value : path.charAt(i);
            i += isDecoded ? 2 : 0;
            if (c != '/' || text.isEmpty() || text.charAt(text.length() - 1) != '/') {
                text.append(c);
            }
        }
        return text.toString();
    }

    static void requireNormal(String path) {
        if (!path.equals(normalize(path))) {
            throw new IllegalArgumentException("'" + path + "' is not in the form in which paths are matched");
        }
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

    /** RFC 3986 §5.2.4; null for a path that climbs above the root, which no client of good will sends. */
    private static @Nullable String resolveDots(String path) {
        var kept = new ArrayDeque<String>();
        var segments = path.substring(1).split("/", -1);
        for (var i = 0; i < segments.length; i++) {
            var segment = segments[i];
            var dots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..") && kept.pollLast() == null) {
                return null;
            }
            if (!dots) {
                kept.addLast(segment);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Whether an element is {@code .} or {@code ..}, with or without parameters; plain ones have been resolved before. */
    private static boolean hasDotSegment(CharSequence path) {
        var dots = MANY;
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            if (isSeparator(c) || c == ';') {
                if (dots == 1 || dots == 2) {
                    return true;
                }
                dots = c == ';' ? MANY : 0;
            } else {
                dots = c == '.' && dots < MANY ? dots + 1 : MANY;
            }
        }
        return dots == 1 || dots == 2;
    }

    private static long separators(CharSequence path) {
        return path.chars().filter(RequestPath::isSeparator).count();
    }

    private static boolean isSeparator(int c) {
        return c == '/' || c == '\\';
    }

    /**
     * Decodes until nothing is left to decode: in one pass, since the cost of many would be quadratic.
     *
     * @param overlong whether overlong UTF-8 is read as the character that it stands for, as old decoders do
     */
    private static StringBuilder fullyDecoded(String path, boolean overlong) {
        var text = new StringBuilder(path.length());
        for (var i = 0; i < path.length(); i++) {
            text.append(path.charAt(i));
            while (reduce(text) || (overlong && reduceOverlong(text))) {
                // a decoded character may complete another escape
            }
        }
        return text;
    }

    /** Replaces an escape at the end by its character; false if there is none. */
    private static boolean reduce(StringBuilder text) {
        var length = text.length();
        if (length < 3 || text.charAt(length - 3) != '%') {
            return false;
        }
        var value = hex(text.charAt(length - 2), text.charAt(length - 1));
        if (value >= 0) {
            text.setLength(length - 3);
            text.append((char) value);
        }
        return value >= 0;
    }

    /**
     * Replaces a sequence of bytes at the end by the ASCII character that it stands for where a decoder looks at the bits of
     * UTF-8 and at nothing else: of two to six bytes (RFC 2279), whatever the upper bits of the later ones are. False if
     * there is none.
     */
    private static boolean reduceOverlong(StringBuilder text) {
        var last = text.length() - 1;
        if (text.charAt(last) == '%') {
            return false; // the next byte is about to come
        }
        var before = last - 1;
        for (var bytes = 2; before >= 0 && bytes <= LEADS.length + 1; bytes++, before--) {
            var c = text.charAt(before);
            if ((bytes == 2 ? c & ~1 : c) == LEADS[bytes - 2]) {
                var upper = text.charAt(last - 1) & 1;
                var value = upper << 6 | (text.charAt(last) & 0x3f);
                text.setLength(before);
                text.append((char) value);
                return true;
            }
            if ((bytes == 2 ? c & 0x3e : c & 0x3f) != 0) {
                return false;
            }
        }
        return false;
    }
}
