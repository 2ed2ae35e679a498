package dev.adit.engine;

import dev.adit.http.Client;
import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.routing.FieldValue;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.wire.Fields;
import dev.adit.wire.Framing;
import dev.adit.wire.OwnAnswer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.List;
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
        public @Nullable FieldValue hsts() {
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
        // CONNECT asks for a tunnel to anywhere and TRACE echoes credentials: a gateway offers neither.
        if (request.method().equals(HttpMethod.CONNECT)) {
            return refused(ProxyError.TUNNEL_NOT_SUPPORTED);
        }
        return request.method().equals(HttpMethod.TRACE)
                ? new Refused(OwnAnswer.of(ProxyError.METHOD_NOT_SUPPORTED), expectsContinue(request))
                : null;
    }

    /**
     * By the routes of this moment.
     *
     * @param upgrade whether it asks for another protocol; the other engine serves that
     */
    static Admission of(
            HttpRequest request,
            RequestHead.Parsed parsed,
            Framing framing,
            boolean upgrade,
            Client client,
            Engine engine) {
        return switch (parsed) {
            case RequestHead.Parsed.Invalid(var error) -> refused(error);
            case RequestHead.Parsed.OfServer _ -> new Refused(OwnAnswer.options(), expectsContinue(request));
            case RequestHead.Parsed.Valid(var head) ->
                switch (Verdict.of(engine.generation(), head, isSecure(request, client), client)) {
                    case Verdict.Refuse(var error) -> new Refused(OwnAnswer.of(error), expectsContinue(request));
                    case Verdict.Answer(var status, var reason) ->
                        new Refused(OwnAnswer.of(status, reason), expectsContinue(request));
                    case Verdict.Redirect(var location) ->
                        new Refused(OwnAnswer.redirect(location), expectsContinue(request));
                    case Verdict.Forward route
                    when upgrade
                            || route.policy().protocol() != UpstreamProtocol.HTTP1
                            || engine.interceptors().concern(route.origin()) -> delegated(request, engine);
                    case Verdict.Forward route
                    when request.method().equals(HttpMethod.OPTIONS) -> {
                        var last = countHop(request);
                        yield last == null ? new Admitted(head, framing, route) : last;
                    }
                    case Verdict.Forward route -> new Admitted(head, framing, route);
                };
        };
    }

    /** Takes one from Max-Forwards (RFC 9110 §7.6.2); null when the request may go on to the endpoint. */
    private static @Nullable Admission countHop(HttpRequest request) {
        var fields = request.headers();
        if (!fields.contains(HttpHeaderNames.MAX_FORWARDS)) {
            return null;
        }
        var left = FieldRules.maxForwards(fields.getAll(HttpHeaderNames.MAX_FORWARDS));
        if (left < 0) {
            return refused(ProxyError.BAD_MAX_FORWARDS);
        }
        if (left == 0) {
            return new Refused(OwnAnswer.options(), expectsContinue(request));
        }
        fields.set(HttpHeaderNames.MAX_FORWARDS, Integer.toString(left - 1));
        return null;
    }

    private static boolean isSecure(HttpRequest request, Client client) {
        return client.cameSecurely(client.isTrusted() ? request.headers().getAll(FORWARDED_PROTO) : List.of());
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
