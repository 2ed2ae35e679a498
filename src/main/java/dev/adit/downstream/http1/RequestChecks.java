package dev.adit.downstream.http1;

import dev.adit.exchange.Admission;
import dev.adit.exchange.EventLoopContext;
import dev.adit.http.Client;
import dev.adit.http.Refusal;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.RequestDecoder;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** What HTTP/1 asks of a request's head, beyond what its decoder does. */
final class RequestChecks {
    private RequestChecks() {}

    static Admission admit(HttpRequest request, Client client, EventLoopContext loop) {
        if (!request.decoderResult().isSuccess()) {
            return Admission.refused(
                    RequestDecoder.error(request.decoderResult().cause()));
        }
        var version = request.protocolVersion();
        var http10 = version.equals(HttpVersion.HTTP_1_0);
        if (!http10 && !version.equals(HttpVersion.HTTP_1_1)) {
            return Admission.refused(Refusal.VERSION_NOT_SUPPORTED);
        }
        var framing = Framing.ofRequest(version, request.headers());
        if (framing.is(Framing.Kind.UNCLEAR)) {
            return Admission.refused(Refusal.BAD_FRAMING);
        }
        var refused = Admission.precheck(request, loop);
        if (refused != null) {
            return refused;
        }
        var parsed = RequestHead.parseHttp1(
                request.method().name(),
                request.uri(),
                http10,
                request.headers(),
                loop.policy().slashes());
        return Admission.of(request, parsed, framing, client, loop);
    }
}
