package dev.adit.delegate;

import dev.adit.balance.Load;
import dev.adit.http.Client;
import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.meter.LoopMeters;
import dev.adit.routing.FieldValue;
import dev.adit.wire.OwnAnswer;
import dev.adit.wire.ResponseWriter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its response, as Vert.x shows them. */
public final class Exchange {
    private final HttpServerRequest request;
    private final RequestHead head;
    private final Client client;
    private final LoopMeters meters;
    private final long startedAt = System.nanoTime();
    private boolean clientGone;
    private boolean bodyWithheld;
    private Optional<FieldValue> hsts = Optional.empty();
    private @Nullable Load load;

    Exchange(HttpServerRequest request, RequestHead head, Client client, LoopMeters meters) {
        this.request = request;
        this.head = head;
        this.client = client;
        this.meters = meters;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return request.response();
    }

    RequestHead head() {
        return head;
    }

    Client client() {
        return client;
    }

    boolean isHttp2() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /** Whether the client asks for another protocol on this connection; only WebSocket is one that we pass on. */
    boolean isUpgrade() {
        return request.version() == HttpVersion.HTTP_1_1
                && request.method().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                && FieldRules.hasToken(request.headers().getAll(HttpHeaders.CONNECTION), "upgrade")
                && !hasBody();
    }

    boolean expectsContinue() {
        return "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    /** RFC 9112 §6: a body is there when a length or a transfer coding says so; in HTTP/2 unless the stream has ended. */
    boolean hasBody() {
        if (request.version() == HttpVersion.HTTP_2) {
            return !request.isEnded();
        }
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null ? !length.equals("0") : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Whether a response of that status may be followed by a body (RFC 9110 §6.4.1). */
    boolean mayHaveBody(int status) {
        return !request.method().equals(HttpMethod.HEAD) && status != 204 && status != 304;
    }

    /** Whether the client takes fields after the body (RFC 9110 §6.5.1). */
    boolean takesTrailers() {
        return FieldRules.hasToken(request.headers().getAll("te"), "trailers");
    }

    /** What Strict-Transport-Security says in the place of the endpoint's own. */
    void hsts(Optional<FieldValue> value) {
        hsts = value;
    }

    /** Sets what the route says about responses. */
    void complete(MultiMap fields) {
        hsts.ifPresent(value -> fields.set(ResponseWriter.HSTS, value.text()));
    }

    /** Notes that the client holds its body back until it is told to go on, or that it has been told. */
    void bodyWithheld(boolean withheld) {
        bodyWithheld = withheld;
    }

    /** Whether the body was never asked for, so that nobody knows whether the client will still send it. */
    boolean isBodyWithheld() {
        return bodyWithheld;
    }

    /** Counts among what the endpoint has to do, in the place of one tried before, until the exchange is over. */
    void burden(Load endpoint) {
        if (load == null) {
            request.response().bodyEndHandler(_ -> unburden());
        }
        unburden();
        load = endpoint;
        endpoint.begin();
    }

    private void unburden() {
        if (load != null) {
            load.end();
            load = null;
        }
    }

    /** Counts the response whose head is about to be sent with what the upstream sent. */
    void responded(int status) {
        var latency = System.nanoTime() - startedAt;
        meters.upstreamLatency(latency);
        if (load != null) {
            load.answered(latency);
        }
        meters.response(status);
    }

    /** Runs the action once if the client breaks off; nothing is answered after that. */
    void onClientGone(Runnable action) {
        var response = request.response();
        response.closeHandler(_ -> clientGone(action));
        response.exceptionHandler(_ -> clientGone(action));
    }

    private void clientGone(Runnable action) {
        if (!clientGone) {
            clientGone = true;
            unburden();
            action.run();
        }
    }

    void fail(ProxyError error) {
        if (clientGone) {
            return;
        }
        answer(OwnAnswer.of(error));
    }

    /** Answers in the place of an endpoint. */
    void answer(OwnAnswer answer) {
        meters.response(answer.status().code());
        ErrorResponse.send(request, answer);
    }
}
