package dev.adit.engine;

import dev.adit.http.Client;
import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.wire.Fields;
import dev.adit.wire.Framing;
import dev.adit.wire.OwnAnswer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** What becomes of a request, judged by its head alone. */
public sealed interface Admission {
    /**
     * It is answered here.
     *
     * @param bodyWithheld whether the client may never send the body that it announced
     */
    record Refused(OwnAnswer answer, boolean bodyWithheld) implements Admission {}

    /** It is left to the engine on Vert.x's HTTP API. */
    record Delegated() implements Admission {}

    record Admitted(RequestHead head, Framing framing, Verdict.Forward route) implements Admission {
        /** In the place of the endpoint's own Strict-Transport-Security; null to leave that. */
        public @Nullable String hsts() {
            return route.hsts().orElse(null);
        }
    }

    AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");

    Admission DELEGATED = new Delegated();

    /** What every request has to keep to, before anybody asks where it goes; null when it does. */
    static @Nullable Admission precheck(HttpRequest request, Engine engine) {
        var fields = request.headers();
        if (Fields.exceed(fields, engine.limits().fields())) {
            return refused(ProxyError.FIELDS_TOO_LARGE);
        }
        if (fields.contains(HttpHeaderNames.VIA) && FieldRules.isLoop(fields.getAll(HttpHeaderNames.VIA))) {
            return new Refused(OwnAnswer.of(ProxyError.LOOP), expectsContinue(request));
        }
        return null;
    }

    /** By the routes of this moment. */
    static Admission of(HttpRequest request, RequestHead.Parsed parsed, Framing framing, Client client, Engine engine) {
        return switch (parsed) {
            case RequestHead.Parsed.Invalid(var error) -> refused(error);
            case RequestHead.Parsed.Valid(var head) ->
                switch (Verdict.of(engine.generation(), head, isSecure(request, client), client)) {
                    case Verdict.Refuse(var error) -> new Refused(OwnAnswer.of(error), expectsContinue(request));
                    case Verdict.Redirect(var location) ->
                        new Refused(OwnAnswer.redirect(location), expectsContinue(request));
                    case Verdict.Forward route
                    when route.policy().protocol() != UpstreamProtocol.HTTP1
                            || engine.interceptors().concern(route.origin()) -> delegated(request, engine);
                    case Verdict.Forward route -> new Admitted(head, framing, route);
                };
        };
    }

    private static boolean isSecure(HttpRequest request, Client client) {
        return client.cameSecurely(client.isTrusted() ? request.headers().get(FORWARDED_PROTO) : null);
    }

    /** The other engine takes the fields for valid. */
    static Admission delegated(HttpRequest request, Engine engine) {
        return Fields.areWellFormed(request.headers(), engine.scratch()) ? DELEGATED : refused(ProxyError.BAD_SYNTAX);
    }

    static Admission refused(ProxyError error) {
        return new Refused(OwnAnswer.of(error), false);
    }

    static boolean expectsContinue(HttpRequest request) {
        var expectation = request.headers().get(HttpHeaderNames.EXPECT);
        return expectation != null && HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation);
    }
}
