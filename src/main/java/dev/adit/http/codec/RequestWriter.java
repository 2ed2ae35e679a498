package dev.adit.http.codec;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;

/** Writes the head that the upstream receives: canonical, and saying who the client is. */
public final class RequestWriter {

    private final HeadBuffer out;

    public RequestWriter(HeadBuffer out) {
        this.out = out;
    }

    /** False when a field is malformed; nothing may be sent then. */
    @CheckReturnValue
    public boolean write(HttpRequest request, RequestHead head, Framing framing, Client client) {
        // The endpoint sees the authority that the client asked for, not the address of the pod.
        if (!requestLine(request, head)
                || !out.field(OwnField.HOST, head.authority())
                || !fields(request, head, client, out)) {
            return false;
        }
        switch (framing.kind()) {
            case LENGTH -> out.put(Ascii.CONTENT_LENGTH).put(framing.length()).put(Ascii.CRLF);
            case CHUNKED -> out.put(Ascii.CHUNKED);
            case NONE, UNTIL_CLOSE, UNCLEAR -> {}
        }
        if (head.asksForWebSocket() && framing.is(Framing.Kind.NONE)) {
            out.put(Ascii.UPGRADE_WEBSOCKET);
        } else if (!head.manner().connection().isEmpty()
                && !out.field("connection", head.manner().connection())) {
            return false;
        }
        out.put(Ascii.CRLF);
        return true;
    }

    /** The fields of a request to an endpoint of any version; false when one is malformed. */
    @CheckReturnValue
    public static boolean fields(HttpRequest request, RequestHead head, Client client, FieldSink to) {
        var fields = request.headers();
        return Fields.copyRequest(fields, to, Fields.nominated(fields))
                && (!Fields.takesTrailers(fields) || to.field(OwnField.TE, HttpHeaderValues.TRAILERS))
                && ForwardedFields.write(request, head, client, to)
                && added(head, to);
    }

    private static boolean added(RequestHead head, FieldSink to) {
        for (var field : head.added()) {
            if (!to.field(field.name().text(), field.value().text())) {
                return false;
            }
        }
        return true;
    }

    private boolean requestLine(HttpRequest request, RequestHead head) {
        if (out.clear().word(request.method().asciiName())
                && out.put(Ascii.SPACE).word(head.path())
                && out.word(head.query())) {
            out.put(Ascii.VERSION);
            return true;
        }
        return false;
    }
}
