package dev.adit.http.codec;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.http.Client;
import dev.adit.http.FieldRules;
import dev.adit.http.RequestHead;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;

/** The fields that tell an endpoint who asked and how: from the socket, or from what a trusted proxy said before. */
final class ForwardedFields {
    private static final AsciiString VIA_1 = AsciiString.cached("1.1 " + FieldRules.PSEUDONYM);
    private static final AsciiString VIA_2 = AsciiString.cached("2 " + FieldRules.PSEUDONYM);
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");
    private static final AsciiString PORT_80 = AsciiString.cached("80");
    private static final AsciiString PORT_443 = AsciiString.cached("443");

    private ForwardedFields() {}

    /** Writes all of them; false when one is malformed. */
    @CheckReturnValue
    static boolean write(HttpRequest request, RequestHead head, Client client, FieldSink out) {
        return (!head.manner().hasVia()
                        || out.field(OwnField.VIA, request.protocolVersion().majorVersion() == 2 ? VIA_2 : VIA_1))
                && (client.isTrusted() ? relayed(request.headers(), head, client, out) : own(head, client, out));
    }

    private static boolean own(RequestHead head, Client client, FieldSink out) {
        var addresses = head.manner().addresses();
        return out.field(OwnField.FORWARDED_FOR, addresses.isEmpty() ? client.address() : addresses)
                && out.field(OwnField.REAL_IP, client.address())
                && out.field(OwnField.FORWARDED_PROTO, client.isSecure() ? HTTPS : HTTP)
                && out.field(OwnField.FORWARDED_HOST, head.forwardedHost())
                && out.field(OwnField.FORWARDED_PORT, port(head, client));
    }

    /** What a trusted proxy said, with itself as the last hop; what it left out, from the socket. */
    private static boolean relayed(HttpHeaders fields, RequestHead head, Client client, FieldSink out) {
        var before = String.join(", ", fields.getAll(OwnField.FORWARDED_FOR.name()));
        var chain = before.isEmpty() ? client.address() : before + ", " + client.address();
        return out.field(OwnField.FORWARDED_FOR, chain)
                && relay(fields, OwnField.REAL_IP, client.address(), out)
                && relay(fields, OwnField.FORWARDED_PROTO, client.isSecure() ? HTTPS : HTTP, out)
                && relay(fields, OwnField.FORWARDED_HOST, head.asked(), out)
                && relay(fields, OwnField.FORWARDED_PORT, port(head, client), out);
    }

    private static CharSequence port(RequestHead head, Client client) {
        if (!head.manner().port().isEmpty()) {
            return head.manner().port();
        }
        var port = head.clientPort(client.isSecure());
        return port == 80 ? PORT_80 : port == 443 ? PORT_443 : Integer.toString(port);
    }

    private static boolean relay(HttpHeaders fields, OwnField name, CharSequence otherwise, FieldSink out) {
        var said = fields.get(name.name());
        return out.field(name, said == null ? otherwise : said);
    }
}
