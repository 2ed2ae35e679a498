package dev.adit.http1;

import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http1.wire.Framing;
import dev.adit.http1.wire.Persistence;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** The response's half of an exchange: from the endpoint to the client, in the framing that the client understands. */
final class ResponseRelay {
    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Engine engine;
    private final Exchange exchange;
    private final ClientHandler client;
    private boolean interim;
    private boolean started;
    private boolean chunked;
    private boolean untilClose;
    private boolean trailers;
    private boolean upstreamPersists;
    private Persistence persistence = Persistence.IMPLIED;

    ResponseRelay(Engine engine, Exchange exchange, ClientHandler client) {
        this.engine = engine;
        this.exchange = exchange;
        this.client = client;
    }

    /** Whether the client has got the head, after which no other answer is possible. */
    boolean isStarted() {
        return started;
    }

    /** Whether the end of the connection is that of the body. */
    boolean endsWithConnection() {
        return untilClose;
    }

    /** True when it was the final one. */
    boolean head(HttpResponse response) {
        if (!response.decoderResult().isSuccess()) {
            exchange.fail(ProxyError.UPSTREAM_FAILED);
            return false;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            interim(response);
            return false;
        }
        var status = response.status().code();
        var toHead = exchange.request().method().equals(HttpMethod.HEAD);
        var received = Framing.ofResponse(response.protocolVersion(), response.headers(), status, toHead);
        if (received.is(Framing.Kind.UNCLEAR) || !send(response, received)) {
            exchange.fail(ProxyError.UPSTREAM_FAILED);
            return false;
        }
        started = true;
        engine.meters().upstreamLatency(System.nanoTime() - exchange.startedAt());
        engine.meters().response(status);
        return true;
    }

    private boolean send(HttpResponse response, Framing received) {
        upstreamPersists = !received.is(Framing.Kind.UNTIL_CLOSE) && Persistence.of(response) == Persistence.IMPLIED;
        persistence = Persistence.of(exchange.request());
        var framing = received.toward(exchange.isHttp10());
        untilClose = framing.is(Framing.Kind.UNTIL_CLOSE);
        if (untilClose || exchange.isBodyWithheld()) {
            persistence = Persistence.CLOSE;
        }
        chunked = framing.is(Framing.Kind.CHUNKED);
        // RFC 9110 §6.5.1: only to those who say that they take them.
        trailers = chunked && FieldRules.hasToken(exchange.request().headers().getAll(HttpHeaderNames.TE), "trailers");
        if (!engine.responses().write(response, framing, persistence)) {
            return false;
        }
        client.response().write(engine.scratch());
        return true;
    }

    private void interim(HttpResponse response) {
        interim = true;
        var status = response.status().code();
        if (status == SWITCHING_PROTOCOLS) {
            exchange.fail(ProxyError.UPSTREAM_FAILED); // nobody asked for it
        } else if (status == CONTINUE) {
            if (exchange.isBodyWithheld()) {
                exchange.continued();
                engine.responses().writeContinue();
                client.response().write(engine.scratch());
            }
        } else if (!exchange.isHttp10() && engine.responses().writeInterim(response)) {
            client.response().write(engine.scratch());
        }
    }

    void content(HttpContent part) {
        if (!part.decoderResult().isSuccess()) {
            part.release();
            exchange.fail(ProxyError.UPSTREAM_FAILED);
            return;
        }
        var last = part instanceof LastHttpContent;
        if (interim || !started) {
            part.release();
            interim = interim && !last;
            return;
        }
        client.response().write(part, chunked, trailers);
        if (last) {
            exchange.finish(upstreamPersists, persistence);
        } else if (!client.response().isWritable()) {
            exchange.clientWritable(false);
        }
    }
}
