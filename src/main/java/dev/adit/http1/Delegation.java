package dev.adit.http1;

import dev.adit.http.FieldRules;
import dev.adit.wire.Framing;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/** Which requests are left to the engine on Vert.x's HTTP API, wherever they go. */
final class Delegation {
    private Delegation() {}

    /** Whether it asks for another protocol, the only one that is passed on. */
    static boolean isUpgrade(HttpRequest request) {
        return isUpgrade(request, Framing.ofRequest(request.protocolVersion(), request.headers()));
    }

    static boolean isUpgrade(HttpRequest request, Framing framing) {
        var fields = request.headers();
        return fields.contains(HttpHeaderNames.UPGRADE)
                && request.method().equals(HttpMethod.GET)
                // One with a body is an ordinary request: nobody could tell the body from the other protocol's bytes.
                && framing.is(Framing.Kind.NONE)
                && request.protocolVersion().minorVersion() == 1
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(fields.get(HttpHeaderNames.UPGRADE))
                && FieldRules.hasToken(fields.getAll(HttpHeaderNames.CONNECTION), "upgrade");
    }
}
