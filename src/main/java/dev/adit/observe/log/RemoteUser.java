package dev.adit.observe.log;

import dev.adit.observe.Finished;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The name by which a client calls itself in Basic authentication (RFC 7617), without its password. */
final class RemoteUser {
    private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    private static final String BASIC = "basic ";

    private RemoteUser() {}

    /** Null where it says none, or not clearly. */
    static @Nullable String of(Finished request) {
        var field = request.field(AUTHORIZATION);
        if (field == null || !field.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            var pair = new String(
                    Base64.getDecoder().decode(field.substring(BASIC.length()).strip()), StandardCharsets.ISO_8859_1);
            var colon = pair.indexOf(':');
            return colon <= 0 ? null : pair.substring(0, colon);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
