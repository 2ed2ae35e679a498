package dev.adit.delegate;

import dev.adit.overload.ConnectionMemory;
import dev.adit.overload.MemoryBudget;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.function.BiConsumer;

/** A connection that has changed its protocol: bytes in both directions, with back-pressure, until one side ends. */
final class Tunnel {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final String UPGRADE = "Upgrade";

    private Tunnel() {}

    /**
     * Asks the upstream to switch. A 101 that switches to anything else has failed before it comes here.
     *
     * @param refused what to do with any response other than 101
     */
    static void open(
            Exchange exchange,
            HttpClientRequest upstream,
            MemoryBudget memory,
            BiConsumer<Exchange, HttpClientResponse> refused) {
        // Exactly this value, whatever the client listed beside it: the client recognises a switch by it.
        upstream.putHeader(HttpHeaders.CONNECTION, UPGRADE);
        upstream.putHeader(HttpHeaders.UPGRADE, exchange.request().getHeader(HttpHeaders.UPGRADE));
        upstream.connect().onComplete(answered -> {
            if (answered.failed()) {
                exchange.fail(HttpForwarder.responseError(answered.cause()));
            } else if (answered.result().statusCode() == SWITCHING_PROTOCOLS) {
                join(exchange, answered.result(), memory);
            } else {
                refused.accept(exchange, answered.result());
            }
        });
    }

    private static void join(Exchange exchange, HttpClientResponse answer, MemoryBudget memory) {
        var upstream = answer.netSocket();
        if (exchange.isClientGone()) {
            // Vert.x would look for the handlers of a connection that has none any more, and log an error.
            upstream.close();
            return;
        }
        upstream.pause();
        count(upstream, exchange, memory);
        exchange.responded(SWITCHING_PROTOCOLS);
        var fields = exchange.response().headers();
        FieldCopy.copyResponse(answer.headers(), fields);
        fields.set(HttpHeaders.CONNECTION, UPGRADE);
        fields.set(HttpHeaders.UPGRADE, answer.getHeader(HttpHeaders.UPGRADE));
        exchange.response().setStatusCode(SWITCHING_PROTOCOLS);
        exchange.request().toNetSocket().onComplete(switched -> {
            if (switched.failed()) {
                upstream.close();
            } else {
                pipe(switched.result(), upstream);
                pipe(upstream, switched.result());
            }
        });
    }

    /** What the endpoint does not read; what the client does not is counted where its connection is. */
    private static void count(NetSocket upstream, Exchange exchange, MemoryBudget memory) {
        if (upstream instanceof NetSocketInternal socket) {
            socket.channelHandlerContext().pipeline().addFirst(new ConnectionMemory(memory, exchange::owner));
        }
    }

    private static void pipe(NetSocket from, NetSocket to) {
        from.pipeTo(to).onFailure(_ -> to.close());
    }
}
