package dev.adit.delegate;

import dev.adit.http.ProxyError;
import dev.adit.http.Verdict;
import dev.adit.overload.MemoryBudget;
import dev.adit.upstream.UpstreamClients;
import dev.adit.upstream.UpstreamTimeouts;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.streams.ReadStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Adit's own engine on Vert.x's HTTP API: streams both bodies, with back-pressure, and never buffers one. */
public final class HttpForwarder implements Forwarder {
    private static final int NO_CONTENT = 204;

    private final Connector connector;
    private final UpstreamTimeouts timeouts;
    private final MemoryBudget memory;

    public HttpForwarder(Connector connector, UpstreamTimeouts timeouts, MemoryBudget memory) {
        this.connector = connector;
        this.timeouts = timeouts;
        this.memory = memory;
    }

    @Override
    public void forward(Exchange exchange, Verdict.Forward route) {
        // The body waits in the socket until there is somewhere to send it.
        exchange.request().pause();
        var responseTimeout = route.policy().responseTimeout().orElse(timeouts.response());
        connector.connect(exchange, route).onComplete(connected -> {
            if (connected.succeeded()) {
                send(exchange, connected.result(), responseTimeout);
            } else {
                exchange.fail(connectError(connected.cause()));
            }
        });
    }

    private void send(Exchange exchange, HttpClientRequest upstream, Duration responseTimeout) {
        try {
            FieldCopy.copyRequest(exchange.request().headers(), upstream.headers());
            ForwardedFields.set(exchange, upstream.headers());
        } catch (IllegalArgumentException _) {
            UpstreamClients.abandon(upstream);
            exchange.fail(ProxyError.BAD_SYNTAX);
            return;
        }
        if (upstream.version() == HttpVersion.HTTP_2) {
            // RFC 9113 §8.3.1: the authority is a pseudo-field there.
            upstream.headers().remove(HttpHeaders.HOST);
            var authority = HostAndPort.parseAuthority(exchange.head().authority(), -1);
            upstream.authority(authority);
        }
        if (exchange.isUpgrade()) {
            awaitResponse(upstream, responseTimeout);
            Tunnel.open(exchange, upstream, memory, HttpForwarder::relay);
            return;
        }
        upstream.response().onComplete(received -> {
            if (received.succeeded()) {
                relay(exchange, received.result());
            } else {
                exchange.fail(responseError(received.cause()));
            }
        });
        sendBody(exchange, upstream, responseTimeout);
    }

    private void sendBody(Exchange exchange, HttpClientRequest upstream, Duration responseTimeout) {
        if (!exchange.hasBody()) {
            exchange.request().resume();
            upstream.end();
            awaitResponse(upstream, responseTimeout);
            return;
        }
        if (!upstream.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            upstream.setChunked(true);
        }
        if (exchange.expectsContinue()) {
            // RFC 9110 §10.1.1: the client holds its body back until the upstream wants it.
            exchange.bodyWithheld(true);
            upstream.continueHandler(_ -> {
                if (exchange.isBodyWithheld()) { // an endpoint may say so twice
                    exchange.bodyWithheld(false);
                    exchange.response().writeContinue();
                    pipeBody(exchange, upstream, responseTimeout);
                }
            });
            upstream.sendHead();
        } else {
            upstream.sendHead(); // the body may come late
            pipeBody(exchange, upstream, responseTimeout);
        }
    }

    private void pipeBody(Exchange exchange, HttpClientRequest upstream, Duration responseTimeout) {
        var upload = new HeldUpload(memory, exchange, upstream);
        exchange.request().pipe().endOnFailure(false).to(upload).onComplete(piped -> {
            if (piped.succeeded()) {
                awaitResponse(upstream, responseTimeout);
            } else {
                upstream.reset();
            }
        });
    }

    /** From now on a response is due: not earlier, since an upload may take as long as the client's uplink needs. */
    private static void awaitResponse(HttpClientRequest upstream, Duration responseTimeout) {
        upstream.idleTimeout(responseTimeout.toMillis());
    }

    /** Sends the upstream's response on to the client. */
    static void relay(Exchange exchange, HttpClientResponse upstream) {
        var response = exchange.response();
        if (response.closed() || response.ended()) {
            upstream.request().reset();
            return;
        }
        if (exchange.isBodyWithheld()) {
            // No HTTP/1 connection can be used again on which the next bytes may be the body or another request.
            response.endHandler(_ -> {
                upstream.request().reset();
                if (exchange.request().version() != HttpVersion.HTTP_2) {
                    exchange.request().connection().close();
                }
            });
        }
        try {
            copyHead(upstream, response);
        } catch (IllegalArgumentException _) {
            upstream.request().reset();
            exchange.fail(ProxyError.UPSTREAM_FAILED);
            return;
        }
        exchange.complete(response.headers());
        exchange.responded(upstream.statusCode());
        if (exchange.mayHaveBody(upstream.statusCode())) {
            relayBody(exchange, upstream);
        } else {
            upstream.handler(_ -> upstream.request().reset()); // HTTP/2 lets an endpoint send one that nobody wants
            response.end();
        }
    }

    private static void copyHead(HttpClientResponse upstream, HttpServerResponse response) {
        response.setStatusCode(upstream.statusCode());
        response.setStatusMessage(upstream.statusMessage());
        FieldCopy.copyResponse(upstream.headers(), response.headers());
        if (upstream.statusCode() == NO_CONTENT) {
            response.headers().remove(HttpHeaders.CONTENT_LENGTH); // RFC 9110 §8.6
        }
    }

    private static void relayBody(Exchange exchange, HttpClientResponse upstream) {
        var response = exchange.response();
        var length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            response.setChunked(true);
        }
        ReadStream<Buffer> body = length == null ? upstream : new ExactBody(upstream, Long.parseLong(length));
        body.pipe().endOnComplete(false).to(response).onComplete(piped -> {
            if (piped.failed() || !copyTrailers(exchange, upstream)) {
                upstream.request().reset();
                response.reset();
            } else if (!response.ended()) {
                response.end();
            }
        });
    }

    /** False when one is malformed. */
    private static boolean copyTrailers(Exchange exchange, HttpClientResponse upstream) {
        // Not even asked for where there are none: gRPC takes the status from the head that ends its stream.
        if (exchange.takesTrailers() && !upstream.trailers().isEmpty()) {
            try {
                FieldCopy.copyTrailers(upstream.trailers(), exchange.response().trailers());
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
        return true;
    }

    private static ProxyError connectError(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException _, TimeoutException _ -> ProxyError.UPSTREAM_CONNECT_TIMEOUT;
            case ConnectionPoolTooBusyException _, Share.RefusedException _ -> ProxyError.UPSTREAM_OVERLOADED;
            case ConnectException _ -> ProxyError.UPSTREAM_CONNECT_FAILED;
            default -> ProxyError.UPSTREAM_FAILED;
        };
    }

    static ProxyError responseError(Throwable cause) {
        return cause instanceof TimeoutException ? ProxyError.UPSTREAM_TIMEOUT : ProxyError.UPSTREAM_FAILED;
    }
}
