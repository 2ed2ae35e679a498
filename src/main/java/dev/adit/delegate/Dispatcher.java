package dev.adit.delegate;

import dev.adit.http.Client;
import dev.adit.http.ClientPolicy;
import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.match.Generation;
import dev.adit.meter.LoopMeters;
import dev.adit.wire.OwnAnswer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Supplier;

/** Takes each request of one event loop from its head to the forwarder, or answers why it cannot be served. */
public final class Dispatcher implements Handler<HttpServerRequest> {
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
    private static final CharSequence VIA = HttpHeaders.createOptimized("via");

    private final Supplier<Generation> live;
    private final ClientPolicy policy;
    private final Forwarder forwarder;
    private final LoopMeters meters;

    public Dispatcher(Supplier<Generation> live, ClientPolicy policy, Forwarder forwarder, LoopMeters meters) {
        this.live = live;
        this.policy = policy;
        this.forwarder = forwarder;
        this.meters = meters;
    }

    @Override
    public void handle(HttpServerRequest request) {
        // CONNECT asks for a tunnel to anywhere and TRACE echoes credentials: a gateway offers neither.
        if (request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE)) {
            refuse(
                    request,
                    request.method().equals(HttpMethod.CONNECT)
                            ? ProxyError.TUNNEL_NOT_SUPPORTED
                            : ProxyError.METHOD_NOT_SUPPORTED);
            return;
        }
        if (FieldRules.hasToken(request.headers().getAll(HttpHeaders.CONNECTION), "close")) {
            // Vert.x sees the option only when it stands alone (RFC 9112 §9.6).
            request.response().endHandler(_ -> request.connection().close());
        }
        if (FieldRules.isLoop(request.headers().getAll(VIA))) {
            refuse(request, ProxyError.LOOP);
            return;
        }
        switch (parse(request)) {
            case RequestHead.Parsed.Invalid(var error) -> refuse(request, error);
            case RequestHead.Parsed.OfServer _ -> answer(request, OwnAnswer.options());
            case RequestHead.Parsed.Valid(var head) ->
                dispatch(new Exchange(request, head, client(request), policy.limits(), meters));
        }
    }

    private void dispatch(Exchange exchange) {
        var said = exchange.request().headers().getAll(FORWARDED_PROTO);
        var client = exchange.client();
        switch (Verdict.of(live.get(), exchange.head(), client.cameSecurely(said), client)) {
            case Verdict.Refuse(var error) -> exchange.fail(error);
            case Verdict.Answer(var status, var reason) -> exchange.answer(OwnAnswer.of(status, reason));
            case Verdict.Redirect(var location) -> exchange.answer(OwnAnswer.redirect(location));
            case Verdict.Forward route -> {
                exchange.hsts(route.hsts());
                if (!exchange.request().method().equals(HttpMethod.OPTIONS) || hasHopLeft(exchange)) {
                    forwarder.forward(exchange, route);
                }
            }
        }
    }

    /** Takes one from Max-Forwards (RFC 9110 §7.6.2); false when the request has been answered here. */
    private static boolean hasHopLeft(Exchange exchange) {
        var fields = exchange.request().headers();
        if (!fields.contains(HttpHeaderNames.MAX_FORWARDS)) {
            return true;
        }
        var left = FieldRules.maxForwards(fields.getAll(HttpHeaderNames.MAX_FORWARDS));
        if (left < 0) {
            exchange.fail(ProxyError.BAD_MAX_FORWARDS);
        } else if (left == 0) {
            exchange.answer(OwnAnswer.options());
        } else {
            fields.set(HttpHeaderNames.MAX_FORWARDS, Integer.toString(left - 1));
        }
        return left > 0;
    }

    private RequestHead.Parsed parse(HttpServerRequest request) {
        var method = request.method().name();
        var fields = fields(request.headers());
        if (request.version() == HttpVersion.HTTP_2) {
            var authority = request.authority();
            var text = authority == null ? null : authority.toString();
            // RFC 9113 §8.3.1: they mean the same, and whoever reads the other one must not see another host.
            var agree = request.headers().getAll(HttpHeaders.HOST).stream().allMatch(host -> host.equals(text));
            return agree
                    ? RequestHead.parseHttp2(method, request.uri(), text, fields, policy.slashes())
                    : RequestHead.Parsed.BAD_HOST;
        }
        var http10 = request.version() == HttpVersion.HTTP_1_0;
        return RequestHead.parseHttp1(method, request.uri(), http10, fields, policy.slashes());
    }

    /** As Netty has them: of HTTP/1 Vert.x' own are, of HTTP/2 they are not. */
    private static HeadersMultiMap fields(MultiMap fields) {
        if (fields instanceof HeadersMultiMap own) {
            return own;
        }
        var copy = HeadersMultiMap.headers();
        copy.addAll(fields);
        return copy;
    }

    private Client client(HttpServerRequest request) {
        var address = request.remoteAddress();
        var text = address == null ? null : address.hostAddress();
        var channel = ((ConnectionBase) request.connection()).channel();
        var identity = Client.identity(channel, live.get());
        return Client.of(text == null ? "" : text, request.isSSL(), policy.trusted(), identity);
    }

    private void refuse(HttpServerRequest request, ProxyError error) {
        answer(request, OwnAnswer.of(error));
    }

    private void answer(HttpServerRequest request, OwnAnswer answer) {
        meters.response(answer.status().code());
        ErrorResponse.send(request, answer);
    }
}
