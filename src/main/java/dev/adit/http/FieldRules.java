package dev.adit.http;

import io.netty.util.AsciiString;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which header fields pass the proxy (RFC 9110 §7.6.1), in both directions and in every engine. */
public final class FieldRules {
    // What the proxy and the upstream rely on cannot be removed by naming it in Connection (CVE-2024-45410).
    private static final Set<String> NEVER_NOMINATED =
            Set.of("authorization", "content-length", "cookie", "forwarded", "host", "x-real-ip");

    /** The name by which Via knows this proxy. */
    public static final String PSEUDONYM = "adit";

    // One Adit behind another is a set-up, ten are a circle.
    private static final int MAX_PASSES = 10;
    // RFC 9110 §6.5.1: what frames, routes, authenticates or governs a message is not taken from its end.
    private static final Set<String> NEVER_TRAILERS = Set.of(
            "age",
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
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
            "vary",
            "via",
            "warning",
            "www-authenticate");

    private static final String FORWARDED = "x-forwarded-";

    private FieldRules() {}

    /**
     * Whether a field of a request goes on to the upstream as it is. Host and those that say who the client is do not:
     * the proxy sets them.
     */
    public static boolean passesRequest(CharSequence name, Set<String> nominated) {
        return passesResponse(name, nominated) && !isIdentity(name) && !equals(name, "host");
    }

    /** Whether a field that came after the body goes on. */
    public static boolean passesTrailer(CharSequence name) {
        return !isConnectionSpecific(name)
                && !isIdentity(name)
                && !NEVER_TRAILERS.contains(name.toString().toLowerCase(Locale.ROOT));
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

    /** Whether a message has passed here so often that it goes in a circle (RFC 9110 §7.6.3). */
    public static boolean isLoop(List<String> via) {
        var passes = 0;
        for (var value : via) {
            for (var hop : value.split(",", -1)) {
                passes += hop.strip().endsWith(" " + PSEUDONYM) ? 1 : 0;
            }
        }
        return passes >= MAX_PASSES;
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

    private static boolean isOption(String connection) {
        return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
    }

    /** By length first: nearly every field is none of these, and this is asked for each of them. */
    private static boolean isConnectionSpecific(CharSequence name) {
        return switch (name.length()) {
            case 2 -> equals(name, "te");
            case 7 -> equals(name, "upgrade") || equals(name, "trailer");
            case 10 -> equals(name, "connection") || equals(name, "keep-alive");
            case 14 -> equals(name, "http2-settings");
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
            case 'x' -> {
                var canonical = name.toString().toLowerCase(Locale.ROOT).replace('_', '-');
                yield canonical.startsWith(FORWARDED) || canonical.equals("x-real-ip");
            }
            default -> false;
        };
    }

    private static boolean equals(CharSequence name, String lower) {
        return AsciiString.contentEqualsIgnoreCase(name, lower);
    }
}
