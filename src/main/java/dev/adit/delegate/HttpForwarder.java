package dev.adit.delegate;

import dev.adit.http.ProxyError;
import dev.adit.http.Verdict;
import dev.adit.upstream.UpstreamTimeouts;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Adit's own engine on Vert.x's HTTP API: streams both bodies, with back-pressure, and never buffers one. */
public final class HttpForwarder implements Forwarder {
    private final Connector connector;
    private final UpstreamTimeouts timeouts;

    public HttpForwarder(Connector connector, UpstreamTimeouts timeouts) {
        this.connector = connector;
        this.timeouts = timeouts;
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
        exchange.onClientGone(upstream::reset);
        // Told by the response future as well, which answers the client.
        upstream.exceptionHandler(_ -> {});
        try {
            FieldCopy.copyRequest(exchange.request().headers(), upstream.headers());
        } catch (IllegalArgumentException _) {
            upstream.reset();
            exchange.fail(ProxyError.BAD_SYNTAX);
            return;
        }
        ForwardedFields.set(exchange, upstream.headers());
        if (upstream.version() == HttpVersion.HTTP_2) {
            // RFC 9113 §8.3.1: the authority is a pseudo-field there.
            upstream.headers().remove(HttpHeaders.HOST);
            var authority = HostAndPort.parseAuthority(exchange.head().authority(), -1);
            upstream.authority(authority);
        }
        if (exchange.isUpgrade()) {
            awaitResponse(upstream, responseTimeout);
            Tunnel.open(exchange, upstream, HttpForwarder::relay);
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
                exchange.bodyWithheld(false);
                exchange.response().writeContinue();
                pipeBody(exchange, upstream, responseTimeout);
            });
            upstream.sendHead();
        } else {
            pipeBody(exchange, upstream, responseTimeout);
        }
    }

    private void pipeBody(Exchange exchange, HttpClientRequest upstream, Duration responseTimeout) {
        exchange.request().pipe().endOnFailure(false).to(upstream).onComplete(piped -> {
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
        exchange.responded(upstream.statusCode());
        response.setStatusCode(upstream.statusCode());
        response.setStatusMessage(upstream.statusMessage());
        FieldCopy.copyResponse(upstream.headers(), response.headers());
        exchange.complete(response.headers());
        if (hasNoBody(exchange, upstream.statusCode())) {
            response.end();
            return;
        }
        if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            response.setChunked(true);
        }
        upstream.pipe().endOnComplete(false).to(response).onComplete(piped -> {
            if (piped.failed()) {
                upstream.request().reset();
                response.reset();
            } else if (!response.ended()) {
                // Not even asked for where there are none: gRPC takes the status from the head that ends its stream.
                if (!upstream.trailers().isEmpty()) {
                    response.trailers().addAll(upstream.trailers());
                }
                response.end();
            }
        });
    }

    /** RFC 9110 §6.4.1. */
    private static boolean hasNoBody(Exchange exchange, int status) {
        return exchange.request().method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
    }

    private static ProxyError connectError(Throwable cause) {
        return switch (cause) {
            case ConnectTimeoutException _ -> ProxyError.UPSTREAM_CONNECT_TIMEOUT;
            case ConnectionPoolTooBusyException _ -> ProxyError.UPSTREAM_OVERLOADED;
            case ConnectException _ -> ProxyError.UPSTREAM_CONNECT_FAILED;
            default -> ProxyError.UPSTREAM_FAILED;
        };
    }

    private static ProxyError responseError(Throwable cause) {
        return cause instanceof TimeoutException ? ProxyError.UPSTREAM_TIMEOUT : ProxyError.UPSTREAM_FAILED;
    }
}
