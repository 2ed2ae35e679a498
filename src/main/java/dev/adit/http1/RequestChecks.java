package dev.adit.http1;

import dev.adit.engine.Admission;
import dev.adit.engine.Engine;
import dev.adit.http.Client;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.wire.Framing;
import dev.adit.wire.RequestDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** What HTTP/1 asks of a request's head, beyond what its decoder does. */
final class RequestChecks {
    private RequestChecks() {}

    static Admission admit(HttpRequest request, Client client, Engine engine) {
        if (!request.decoderResult().isSuccess()) {
            return Admission.refused(
                    RequestDecoder.error(request.decoderResult().cause()));
        }
        var version = request.protocolVersion();
        var http10 = version.equals(HttpVersion.HTTP_1_0);
        if (!http10 && !version.equals(HttpVersion.HTTP_1_1)) {
            return Admission.refused(ProxyError.VERSION_NOT_SUPPORTED);
        }
        var framing = Framing.ofRequest(version, request.headers());
        if (framing.is(Framing.Kind.UNCLEAR)) {
            return Admission.refused(ProxyError.BAD_FRAMING);
        }
        var refused = Admission.precheck(request, engine);
        if (refused != null) {
            return refused;
        }
        var parsed = RequestHead.parseHttp1(
                request.method().name(),
                request.uri(),
                http10,
                request.headers(),
                engine.policy().slashes());
        return Admission.of(request, parsed, framing, client, engine);
    }
}
