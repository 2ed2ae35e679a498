package dev.adit.http1.wire;

import dev.adit.http.FieldRules;
import dev.adit.http.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;

/** Writes the head that the upstream receives: canonical, with the client named from its socket. */
public final class RequestWriter {
    private final HeadBuffer out;

    public RequestWriter(HeadBuffer out) {
        this.out = out;
    }

    /** False when a field is malformed; nothing may be sent then. */
    public boolean write(HttpRequest request, RequestHead head, Framing framing, ClientConnection client) {
        var fields = request.headers();
        out.clear().put(request.method().asciiName()).put(Ascii.SPACE).put(head.path());
        out.put(head.query()).put(Ascii.VERSION);
        // The upstream sees the authority that the client asked for, not the address of the pod.
        out.put(Ascii.HOST).put(head.authority()).put(Ascii.CRLF);
        if (!Fields.copyRequest(fields, out, Fields.nominated(fields))) {
            return false;
        }
        if (fields.contains(HttpHeaderNames.TE) && FieldRules.hasToken(fields.getAll(HttpHeaderNames.TE), "trailers")) {
            out.put(Ascii.TE_TRAILERS);
        }
        identity(head, client);
        switch (framing.kind()) {
            case LENGTH -> out.put(Ascii.CONTENT_LENGTH).put(framing.length()).put(Ascii.CRLF);
            case CHUNKED -> out.put(Ascii.CHUNKED);
            case NONE, UNTIL_CLOSE, UNCLEAR -> {}
        }
        out.put(Ascii.CRLF);
        return true;
    }

    private void identity(RequestHead head, ClientConnection client) {
        for (var name : List.of(Ascii.FORWARDED_FOR, Ascii.REAL_IP)) {
            out.put(name).put(client.address()).put(Ascii.CRLF);
        }
        out.put(client.isSecure() ? Ascii.FORWARDED_PROTO_HTTPS : Ascii.FORWARDED_PROTO_HTTP);
        out.put(Ascii.FORWARDED_HOST).put(head.authority()).put(Ascii.CRLF);
        out.put(Ascii.FORWARDED_PORT).put(head.clientPort(client.isSecure())).put(Ascii.CRLF);
    }
}
