package dev.adit.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Which header fields pass the proxy (RFC 9110 §7.6.1), in both directions. */
final class FieldRules {
    private static final Set<String> CONNECTION_SPECIFIC = Set.of(
            "connection",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    // What the proxy and the upstream rely on cannot be removed by naming it in Connection (CVE-2024-45410).
    private static final Set<String> NEVER_NOMINATED =
            Set.of("authorization", "content-length", "cookie", "forwarded", "host", "x-real-ip");

    private static final CharSequence TE = HttpHeaders.createOptimized("te");

    private FieldRules() {}

    /** Copies the end-to-end fields of a request, less those that only the proxy may set. */
    static void copyRequest(MultiMap from, MultiMap to) {
        var nominated = nominated(from);
        for (var field : from) {
            var name = field.getKey().toLowerCase(Locale.ROOT);
            if (passes(name, nominated) && !isIdentity(name) && !name.equals("host")) {
                to.add(name, field.getValue());
            }
        }
        if (from.contains(TE, "trailers", true)) {
            to.set(TE, "trailers");
        }
    }

    static void copyResponse(MultiMap from, MultiMap to) {
        var nominated = nominated(from);
        for (var field : from) {
            var name = field.getKey().toLowerCase(Locale.ROOT);
            if (passes(name, nominated)) {
                to.add(name, field.getValue());
            }
        }
    }

    private static boolean passes(String name, Set<String> nominated) {
        return !CONNECTION_SPECIFIC.contains(name) && (nominated.isEmpty() || !nominated.contains(name));
    }

    /** The fields that say who the client is: set from the socket alone, in every spelling that servers take for them. */
    private static boolean isIdentity(String name) {
        if (name.charAt(0) != 'x' && name.charAt(0) != 'f') {
            return false;
        }
        var canonical = name.replace('_', '-');
        return canonical.startsWith("x-forwarded-") || canonical.equals("forwarded") || canonical.equals("x-real-ip");
    }

    private static Set<String> nominated(MultiMap fields) {
        var values = fields.getAll(HttpHeaders.CONNECTION);
        if (values.isEmpty()) {
            return Set.of();
        }
        var names = new HashSet<String>();
        for (var value : values) {
            for (var token : value.split(",", -1)) {
                var name = token.trim().toLowerCase(Locale.ROOT);
                if (!NEVER_NOMINATED.contains(name) && !name.startsWith("x-forwarded-")) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
