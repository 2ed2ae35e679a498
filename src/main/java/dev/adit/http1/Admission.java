package dev.adit.http1;

import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.http1.wire.Fields;
import dev.adit.http1.wire.Framing;
import dev.adit.http1.wire.RequestDecoder;
import dev.adit.routing.UpstreamProtocol;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/** What becomes of a request, judged by its head alone. */
sealed interface Admission {
    /**
     * It is answered here.
     *
     * @param bodyWithheld whether the client may never send the body that it announced
     */
    record Refused(ProxyError error, boolean bodyWithheld) implements Admission {}

    /** It is left to the engine on Vert.x's HTTP API. */
    record Delegated() implements Admission {}

    record Admitted(RequestHead head, Framing framing, Verdict.Forward route) implements Admission {}

    Admission DELEGATED = new Delegated();

    static Admission of(HttpRequest request, Engine engine) {
        if (!request.decoderResult().isSuccess()) {
            return refused(RequestDecoder.error(request.decoderResult().cause()));
        }
        var fields = request.headers();
        var framing = Framing.ofRequest(request.protocolVersion(), fields);
        if (framing.is(Framing.Kind.UNCLEAR)) {
            return refused(ProxyError.BAD_FRAMING);
        }
        if (Fields.exceed(fields, engine.limits().fields())) {
            return refused(ProxyError.FIELDS_TOO_LARGE);
        }
        if (fields.contains(HttpHeaderNames.VIA) && FieldRules.isLoop(fields.getAll(HttpHeaderNames.VIA))) {
            return new Refused(ProxyError.LOOP, Delegation.expectsContinue(request));
        }
        if (Delegation.isFor(request, framing)) {
            return delegated(request, engine);
        }
        var http10 = request.protocolVersion().minorVersion() == 0;
        return switch (RequestHead.parse(request.uri(), http10, fields.getAll(HttpHeaderNames.HOST))) {
            case RequestHead.Parsed.Invalid(var error) -> refused(error);
            case RequestHead.Parsed.Valid(var head) -> of(request, head, framing, engine);
        };
    }

    private static Admission of(HttpRequest request, RequestHead head, Framing framing, Engine engine) {
        return switch (Verdict.of(engine.generation(), head)) {
            case Verdict.Refuse(var error) -> new Refused(error, Delegation.expectsContinue(request));
            case Verdict.Forward route
            when route.protocol() != UpstreamProtocol.HTTP1
                    || engine.interceptors().concern(route.origin()) -> delegated(request, engine);
            case Verdict.Forward route -> new Admitted(head, framing, route);
        };
    }

    /** The other engine takes the fields for valid. */
    private static Admission delegated(HttpRequest request, Engine engine) {
        return Fields.areWellFormed(request.headers(), engine.scratch()) ? DELEGATED : refused(ProxyError.BAD_SYNTAX);
    }

    private static Admission refused(ProxyError error) {
        return new Refused(error, false);
    }
}
