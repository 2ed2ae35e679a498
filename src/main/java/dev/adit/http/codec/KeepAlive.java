package dev.adit.http.codec;

import dev.adit.http.FieldRules;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import java.util.List;

/** How a connection goes on after a response (RFC 9112 §9.3). */
public enum KeepAlive {
    /** As HTTP/1.1 does by itself. */
    IMPLIED,
    /** An HTTP/1.0 client asked for it. */
    KEEP_ALIVE,
    CLOSE;

    /** What a message wishes. */
    public static KeepAlive of(HttpMessage message) {
        var fields = message.headers();
        var connection = fields.contains(HttpHeaderNames.CONNECTION)
                ? fields.getAll(HttpHeaderNames.CONNECTION)
                : List.<String>of();
        if (message.protocolVersion().minorVersion() == 0) {
            return FieldRules.hasToken(connection, "keep-alive") ? KEEP_ALIVE : CLOSE;
        }
        return FieldRules.hasToken(connection, "close") ? CLOSE : IMPLIED;
    }
}
