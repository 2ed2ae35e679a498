package dev.adit.proxy;

import dev.adit.match.Generation;
import dev.adit.meter.LoopMeters;
import dev.adit.routing.Route;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
        if (Exchange.hasToken(request, HttpHeaders.CONNECTION, "close")) {
            // Vert.x sees the option only when it stands alone (RFC 9112 §9.6).
            request.response().endHandler(_ -> request.connection().close());
        }
        switch (RequestHead.parse(request)) {
            case RequestHead.Parsed.Invalid(var error) -> refuse(request, error);
            case RequestHead.Parsed.Valid(var head) -> dispatch(new Exchange(request, head, live.get(), meters));
        }
    }

    private void dispatch(Exchange exchange) {
        var head = exchange.head();
        var generation = exchange.generation();
        if (generation.number() == 0) {
            // Not 404: nobody knows yet whether there is a route.
            exchange.fail(ProxyError.NOT_READY);
            return;
        }
        var route = generation.index().match(head.host(), head.path());
        if (route == null) {
            exchange.fail(ProxyError.NO_ROUTE);
            return;
        }
        switch (route.action()) {
            case Route.Action.Unavailable _ -> exchange.fail(ProxyError.ROUTE_UNAVAILABLE);
            case Route.Action.Forward(var upstream) -> {
                var endpoints = generation.endpoints().of(upstream);
                if (endpoints.isEmpty()) {
                    exchange.fail(ProxyError.NO_ENDPOINT);
                } else {
                    forwarder.forward(exchange, upstream, endpoints);
                }
            }
        }
    }

    private void refuse(HttpServerRequest request, ProxyError error) {
        meters.response(error.status());
        ErrorResponse.send(request, error);
    }
}
