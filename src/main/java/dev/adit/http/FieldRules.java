package dev.adit.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which header fields pass the proxy (RFC 9110 §7.6.1), in both directions and in every engine. A field that frames the
 * message or identifies the client is dropped in every spelling: CGI-style servers read {@code Content_Length} as
 * Content-Length.
 */
public final class FieldRules {
    // What the proxy and the upstream rely on cannot be removed by naming it in Connection (CVE-2024-45410).
    private static final Set<String> NEVER_NOMINATED =
            Set.of("authorization", "content-length", "cookie", "forwarded", "host", "x-real-ip");

    /** The name by which Via knows this proxy. */
    public static final String PSEUDONYM = "adit";

    /** The field by which circles are found where there is no Via. */
    public static final AsciiString LOOP = AsciiString.cached("cdn-loop");

    // One Adit behind another is a set-up, ten are a circle.
    private static final int MAX_PASSES = 10;
    // RFC 9110 §6.5.1: what frames, routes, authenticates or governs a message is not taken from its end.
    private static final Set<String> NEVER_TRAILERS = Set.of(
            "age",
            "authentication-info",
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-security-policy",
            "content-type",
            "cookie",
            "date",
            "expect",
            "expires",
            "host",
            "location",
            "max-forwards",
            "pragma",
            "range",
            "retry-after",
            "set-cookie",
            "strict-transport-security",
            "vary",
            "via",
            "warning",
            "www-authenticate");

    private static final Set<String> WRITTEN = Set.of(
            "forwarded",
            "host",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-forwarded-scheme",
            "x-real-ip");
    private static final String FORWARDED = "x-forwarded-";
    private static final String LENGTH = "content-length";
    private static final int COUNTED_DIGITS = 9;

    private FieldRules() {}

    /**
     * Whether a field of a request goes on to the upstream as it is. Host and those that say who the client is do not:
     * the proxy sets them.
     */
    public static boolean passesRequest(CharSequence name, Set<String> nominated) {
        return passesResponse(name, nominated)
                && !isIdentity(name)
                && !equals(name, "host")
                && !equals(name, "proxy"); // CVE-2016-5385: CGI makes HTTP_PROXY of it
    }

    /** Whether the proxy writes it itself with every request. */
    public static boolean isOfProxy(String name) {
        return WRITTEN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Removes a field in every spelling that servers take for it: for those who set it, whatever the client has sent. */
    public static void remove(HttpHeaders fields, String lower) {
        for (var name : Set.copyOf(fields.names())) {
            if (equals(name, lower)) {
                fields.remove(name);
            }
        }
    }

    /** Whether a field that came after the body goes on. */
    public static boolean passesTrailer(CharSequence name) {
        return !isConnectionSpecific(name)
                && !isIdentity(name)
                && !NEVER_TRAILERS.contains(
                        name.toString().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public static boolean passesResponse(CharSequence name, Set<String> nominated) {
        return !isConnectionSpecific(name)
                && (nominated.isEmpty() || !nominated.contains(name.toString().toLowerCase(Locale.ROOT)));
    }

    /** The fields that Connection names beside its options. */
    public static Set<String> nominated(List<String> connection) {
        if (connection.isEmpty() || (connection.size() == 1 && isOption(connection.getFirst()))) {
            return Set.of();
        }
        var names = new HashSet<String>();
        for (var value : connection) {
            for (var token : value.split(",", -1)) {
                var name = token.trim().toLowerCase(Locale.ROOT);
                if (!NEVER_NOMINATED.contains(name) && !name.startsWith(FORWARDED)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Whether a name in Connection says something of the connection itself, and names no field of the message. */
    public static boolean isConnectionOption(String name) {
        return name.equals("close") || isConnectionSpecific(name);
    }

    /**
     * Whether a message has passed here so often that it goes in a circle (RFC 9110 §7.6.3).
     *
     * @param via the lines of Via, each member of which ends with who has passed it on
     * @param loop the lines of CDN-Loop, of which each member is who has (RFC 8586 §2)
     */
    public static boolean isLoop(List<String> via, List<String> loop) {
        return members(via).filter(hop -> hop.endsWith(" " + PSEUDONYM)).count()
                        + members(loop).filter(PSEUDONYM::equals).count()
                >= MAX_PASSES;
    }

    private static Stream<String> members(List<String> lines) {
        return lines.stream().flatMap(line -> Stream.of(line.split(",", -1))).map(String::strip);
    }

    /** Whether a list-based field has the token among its members. */
    public static boolean hasToken(List<String> values, String token) {
        for (var value : values) {
            if (value.equalsIgnoreCase(token)) {
                return true;
            }
            for (var part : value.split(",", -1)) {
                if (part.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * How often a request may still be forwarded (RFC 9110 §7.6.2); -1 when that is not one number.
     *
     * @param values of Max-Forwards
     */
    public static int maxForwards(List<String> values) {
        var text = values.size() == 1 ? values.getFirst().strip() : "";
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return text.length() > COUNTED_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    private static boolean isOption(String connection) {
        return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
    }

    /** By length first: nearly every field is none of these, and this is asked for each of them. */
    private static boolean isConnectionSpecific(CharSequence name) {
        return switch (name.length()) {
            case 2 -> equals(name, "te");
            case 7 -> equals(name, "upgrade") || equals(name, "trailer");
            case 10 -> equals(name, "connection") || equals(name, "keep-alive");
            // Only in another spelling: Content-Length itself is read as framing.
            case 14 -> equals(name, "http2-settings") || (name.charAt(7) != '-' && equals(name, LENGTH));
            case 16 -> equals(name, "proxy-connection");
            case 17 -> equals(name, "transfer-encoding");
            case 18 -> equals(name, "proxy-authenticate");
            case 19 -> equals(name, "proxy-authorization");
            default -> false;
        };
    }

    /** The fields that say who the client is: set from the socket alone, in every spelling that servers take for them. */
    private static boolean isIdentity(CharSequence name) {
        return switch (name.isEmpty() ? 0 : name.charAt(0) | 0x20) {
            case 'f' -> equals(name, "forwarded");
            case 'x' -> startsWith(name, FORWARDED) || equals(name, "x-real-ip");
            default -> false;
        };
    }

    private static boolean equals(CharSequence name, String lower) {
        return name.length() == lower.length() && startsWith(name, lower);
    }

    /** Compares names as CGI does (RFC 3875 §4.1.18): case does not count, and any other sign is the same as a hyphen. */
    private static boolean startsWith(CharSequence name, String lower) {
        if (name.length() < lower.length()) {
            return false;
        }
        for (var i = 0; i < lower.length(); i++) {
            var c = name.charAt(i);
            if (c != lower.charAt(i) && canonical(c) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int canonical(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c | 0x20;
        }
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
    }
}
