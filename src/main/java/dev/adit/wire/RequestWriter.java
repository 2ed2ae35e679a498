package dev.adit.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;

/** Writes the head that the upstream receives: canonical, and saying who the client is. */
public final class RequestWriter {
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString FORWARDED_PORT = AsciiString.cached("x-forwarded-port");
    private static final AsciiString REAL_IP = AsciiString.cached("x-real-ip");

    private final HeadBuffer out;

    public RequestWriter(HeadBuffer out) {
        this.out = out;
    }

    /** False when a field is malformed; nothing may be sent then. */
    @CheckReturnValue
    public boolean write(HttpRequest request, RequestHead head, Framing framing, Client client) {
        var fields = request.headers();
        // The upstream sees the authority that the client asked for, not the address of the pod.
        if (!requestLine(request, head)
                || !out.field(Ascii.HOST, head.authority())
                || !Fields.copyRequest(fields, out, Fields.nominated(fields))) {
            return false;
        }
        if (Fields.takesTrailers(fields)) {
            out.put(Ascii.TE_TRAILERS);
        }
        out.put(request.protocolVersion().majorVersion() == 2 ? Ascii.VIA_2 : Ascii.VIA);
        if (!(client.isTrusted() ? relayIdentity(fields, head, client) : identity(head, client))) {
            return false;
        }
        switch (framing.kind()) {
            case LENGTH -> out.put(Ascii.CONTENT_LENGTH).put(framing.length()).put(Ascii.CRLF);
            case CHUNKED -> out.put(Ascii.CHUNKED);
            case NONE, UNTIL_CLOSE, UNCLEAR -> {}
        }
        out.put(Ascii.CRLF);
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

    /** From the socket alone. */
    private boolean identity(RequestHead head, Client client) {
        if (!out.field(Ascii.FORWARDED_FOR, client.address()) || !out.field(Ascii.REAL_IP, client.address())) {
            return false;
        }
        out.put(client.isSecure() ? Ascii.FORWARDED_PROTO_HTTPS : Ascii.FORWARDED_PROTO_HTTP);
        if (!out.field(Ascii.FORWARDED_HOST, head.authority())) {
            return false;
        }
        out.put(Ascii.FORWARDED_PORT).put(head.clientPort(client.isSecure())).put(Ascii.CRLF);
        return true;
    }

    /** What a trusted proxy said, with itself as the last hop; what it left out, from the socket. */
    private boolean relayIdentity(HttpHeaders fields, RequestHead head, Client client) {
        var before = String.join(", ", fields.getAll(FORWARDED_FOR));
        var chain = before.isEmpty() ? client.address() : before + ", " + client.address();
        var port = Integer.toString(head.clientPort(client.isSecure()));
        return out.field(FORWARDED_FOR, chain)
                && relay(fields, REAL_IP, client.address())
                && relay(fields, FORWARDED_PROTO, client.isSecure() ? "https" : "http")
                && relay(fields, FORWARDED_HOST, head.authority())
                && relay(fields, FORWARDED_PORT, port);
    }

    private boolean relay(HttpHeaders fields, AsciiString name, String otherwise) {
        var said = fields.get(name);
        return out.field(name, said == null ? otherwise : said);
    }
}
