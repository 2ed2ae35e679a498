package dev.adit.proxy;

import dev.adit.http.ProxyError;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** The answers of our own: always the same fields, and one line that says why. */
final class ErrorResponse {
    private static final String TEXT = "text/plain; charset=utf-8";

    private ErrorResponse() {}

    static void send(HttpServerRequest request, ProxyError error) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Too late for a status: only an aborted response tells the client that it is not whole.
            response.reset();
            return;
        }
        response.headers().clear();
        response.setStatusCode(error.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("x-content-type-options", "nosniff");
        if (error == ProxyError.METHOD_NOT_SUPPORTED) {
            response.putHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        if (error.isEnding() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            response.endHandler(_ -> request.connection().close());
        }
        var phrase = HttpResponseStatus.valueOf(error.status()).reasonPhrase();
        response.setStatusMessage(phrase);
        response.end(error.status() + " " + phrase + ": " + error.reason() + "\n");
        // What is left of the request's body is read and dropped, so that the connection can be used again.
        if (!request.isEnded()) {
            request.resume();
        }
    }
}
