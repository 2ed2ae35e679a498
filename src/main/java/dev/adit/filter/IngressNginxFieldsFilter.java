package dev.adit.filter;

import dev.adit.http.FieldRules;
import dev.adit.http.RequestHead;
import dev.adit.routing.policy.FieldEdit.Field;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.IngressNginxFields;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Adds what applications behind ingress-nginx know of a request: an identity, the scheme under all of its names, and what the client
 * itself said of where it came from. They are not told of a proxy: many compress nothing for one, as nginx by its gzip_proxied.
 */
final class IngressNginxFieldsFilter implements Filter {
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
    private static final AsciiString SCHEME = AsciiString.cached("x-scheme");
    private static final AsciiString ORIGINAL_FOR = AsciiString.cached("x-original-forwarded-for");
    private static final AsciiString ORIGINAL_HOST = AsciiString.cached("x-original-forwarded-host");
    private static final AsciiString ORIGINAL_URI = AsciiString.cached("x-original-uri");
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    private static final FieldName FORWARDED_SCHEME = new FieldName("x-forwarded-scheme");
    private static final FieldValue HTTP = new FieldValue("http");
    private static final FieldValue HTTPS = new FieldValue("https");
    private static final int ID_BYTES = 16;

    private final IngressNginxFields policy;

    IngressNginxFieldsFilter(IngressNginxFields policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var fields = request.fields();
        if (policy.identifies()) {
            identify(fields);
        }
        var scheme = request.isSecure() ? HTTPS : HTTP;
        fields.set(SCHEME, scheme.text());
        fields.remove(ORIGINAL_FOR);
        fields.remove(ORIGINAL_HOST);
        var own = new ArrayList<Field>();
        own.add(new Field(FORWARDED_SCHEME, scheme));
        original(request, FORWARDED_FOR, ORIGINAL_FOR, own);
        original(request, FORWARDED_HOST, ORIGINAL_HOST, own);
        if (policy.saysTarget()) {
            var target = FieldValue.of(request.target());
            target.ifPresent(said -> fields.set(ORIGINAL_URI, said.text()));
        }
        if (!policy.others().isEmpty()) {
            var variables = request.variables();
            policy.others().forEach((name, value) -> other(request, name, variables.expand(value), own));
        }
        fields.add(FieldRules.LOOP, FieldRules.PSEUDONYM); // by which a request that goes in a circle is known
        request.head(request.head()
                .adding(own)
                .in(manner(request, policy.connection().orElse(""))));
        return Step.PROCEED;
    }

    /** The port is that of the scheme, whatever the client has addressed. */
    private static RequestHead.Manner manner(FilteredRequest request, String connection) {
        var said = request.head().manner();
        var port = said.port().isEmpty() ? request.isSecure() ? "443" : "80" : said.port();
        return new RequestHead.Manner(false, said.host(), port, said.addresses(), connection);
    }

    /** Gives the request an identity, unless it has one. */
    static void identify(HttpHeaders fields) {
        if (!fields.contains(REQUEST_ID)) {
            var id = new byte[ID_BYTES];
            ThreadLocalRandom.current().nextBytes(id); // it tells requests apart, and proves nothing
            fields.set(REQUEST_ID, HexFormat.of().formatHex(id));
        }
    }

    private static void original(FilteredRequest request, AsciiString said, AsciiString name, List<Field> own) {
        if (!request.fields().contains(said)) {
            return;
        }
        var text = String.join(", ", request.fields().getAll(said));
        FieldValue.of(text).ifPresent(value -> own.add(new Field(new FieldName(name.toString()), value)));
    }

    /** What the client has sent under this name is not taken for ours, whatever ours is. */
    private static void other(FilteredRequest request, FieldName name, String text, List<Field> own) {
        FieldRules.remove(request.fields(), name.text());
        FieldValue.of(text).ifPresent(value -> {
            if (FieldRules.passesRequest(name.text(), Set.of())) {
                request.fields().set(name.text(), value.text());
            } else {
                own.add(new Field(name, value)); // X-Forwarded-Ssl, which no client may say
            }
        });
    }
}
