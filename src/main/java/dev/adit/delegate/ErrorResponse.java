package dev.adit.delegate;

import dev.adit.wire.OwnAnswer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Sends answers of our own by Vert.x's API. */
final class ErrorResponse {
    private ErrorResponse() {}

    static void send(HttpServerRequest request, OwnAnswer answer) {
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
        response.setStatusCode(answer.status().code())
                .setStatusMessage(answer.status().reasonPhrase());
        answer.fields().forEach((name, value) -> response.putHeader(name, value.text()));
        if (answer.isEnding() && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            response.endHandler(_ -> request.connection().close());
        }
        response.end(answer.text());
        // What is left of the request's body is read and dropped, so that the connection can be used again.
        if (!request.isEnded()) {
            request.resume();
        }
    }
}
