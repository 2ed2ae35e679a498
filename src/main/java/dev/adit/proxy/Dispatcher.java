package dev.adit.proxy;

import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.match.Generation;
import dev.adit.meter.LoopMeters;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Supplier;

/** Takes each request of one event loop from its head to the forwarder, or answers why it cannot be served. */
final class Dispatcher implements Handler<HttpServerRequest> {
    private final Supplier<Generation> live;
    private final Forwarder forwarder;
    private final LoopMeters meters;

    Dispatcher(Supplier<Generation> live, Forwarder forwarder, LoopMeters meters) {
        this.live = live;
        this.forwarder = forwarder;
        this.meters = meters;
    }

    @Override
    public void handle(HttpServerRequest request) {
        // CONNECT asks for a tunnel to anywhere and TRACE echoes credentials: a gateway offers neither.
        if (request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE)) {
            refuse(request, ProxyError.METHOD_NOT_SUPPORTED);
            return;
        }
        if (FieldRules.hasToken(request.headers().getAll(HttpHeaders.CONNECTION), "close")) {
            // Vert.x sees the option only when it stands alone (RFC 9112 §9.6).
            request.response().endHandler(_ -> request.connection().close());
        }
        switch (parse(request)) {
            case RequestHead.Parsed.Invalid(var error) -> refuse(request, error);
            case RequestHead.Parsed.Valid(var head) -> dispatch(new Exchange(request, head, meters));
        }
    }

    private void dispatch(Exchange exchange) {
        switch (Verdict.of(live.get(), exchange.head())) {
            case Verdict.Refuse(var error) -> exchange.fail(error);
            case Verdict.Forward(var upstream, var endpoints) -> forwarder.forward(exchange, upstream, endpoints);
        }
    }

    private static RequestHead.Parsed parse(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            var authority = request.authority();
            return RequestHead.parse(request.uri(), authority == null ? null : authority.toString());
        }
        var hosts = request.headers().getAll(HttpHeaders.HOST);
        return RequestHead.parse(request.uri(), request.version() == HttpVersion.HTTP_1_0, hosts);
    }

    private void refuse(HttpServerRequest request, ProxyError error) {
        meters.response(error.status());
        ErrorResponse.send(request, error);
    }
}
