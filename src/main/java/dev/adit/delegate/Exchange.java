package dev.adit.delegate;

import dev.adit.balance.Load;
import dev.adit.http.Client;
import dev.adit.http.FieldRules;
import dev.adit.http.Limits;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.meter.LoopMeters;
import dev.adit.overload.Claim;
import dev.adit.overload.Owner;
import dev.adit.routing.FieldValue;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.upstream.UpstreamClients;
import dev.adit.wire.OwnAnswer;
import dev.adit.wire.ResponseWriter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its response, as Vert.x shows them. */
public final class Exchange extends Claim {
    private final HttpServerRequest request;
    private final RequestHead head;
    private final Client client;
    private final LoopMeters meters;
    private final long startedAt = System.nanoTime();
    private final BodyProgress progress;
    private boolean over;
    private boolean clientGone;
    private boolean bodyWithheld;
    private Optional<FieldValue> hsts = Optional.empty();
    private @Nullable Load load;
    private @Nullable Share share;
    private @Nullable HttpClientRequest upstream;

    Exchange(HttpServerRequest request, RequestHead head, Client client, Limits limits, LoopMeters meters) {
        this.request = request;
        this.head = head;
        this.client = client;
        this.meters = meters;
        this.progress = new BodyProgress(request, limits);
        request.response().bodyEndHandler(_ -> end(!request.isEnded()));
        request.response().closeHandler(_ -> gone());
        request.response().exceptionHandler(_ -> gone());
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

    /** Completes when the exchange may have a connection to an endpoint, in the place of one that was tried before. */
    Future<Void> claim(EndpointShares shares, Endpoint endpoint) {
        giveBack();
        var claimed = new Share(shares, endpoint);
        share = claimed;
        return claimed.claim(this);
    }

    /** The connection is there; false when nobody wants it any more, and it is free for others. */
    boolean connected(HttpClientRequest connection) {
        if (share != null) {
            share.connecting(false);
        }
        if (over) {
            giveBack();
            return false;
        }
        upstream = connection;
        return true;
    }

    /** There will be none. */
    void connectFailed() {
        if (share != null) {
            share.connecting(false);
        }
        giveBack();
    }

    /** A connection that is being made is not free before it is there. */
    private void giveBack() {
        if (share != null && share.giveBack(this)) {
            share = null;
        }
    }

    @Override
    protected Owner owner() {
        return new Owner(client.addressBehind(request.headers().getAll("x-forwarded-for")), request.connection());
    }

    @Override
    protected boolean isComplete() {
        return request.isEnded() || !hasBody();
    }

    @Override
    protected long stalledSince() {
        return over || upstream == null ? NOT_STALLED : progress.stalledSince(upstream, System.nanoTime());
    }

    @Override
    protected void granted() {
        if (share != null) {
            share.granted();
        }
    }

    @Override
    protected void refused() {
        if (share == null || !share.refused()) {
            giveWay();
        }
    }

    /** What it takes is needed for others. */
    void giveWay() {
        fail(ProxyError.UPSTREAM_OVERLOADED);
        end(true);
    }

    /** Ends if the client has not sent for too long what it owes. */
    void sweep(long now) {
        if (!over && upstream != null && progress.isOver(upstream, now)) {
            fail(ProxyError.REQUEST_TIMEOUT);
            end(true);
        }
    }

    /** Whether nobody is there any more to be answered. */
    boolean isClientGone() {
        return clientGone;
    }

    private void gone() {
        clientGone = true;
        end(true);
    }

    /**
     * Nothing of it is wanted any more.
     *
     * @param reset whether the endpoint may still be busy with it
     */
    private void end(boolean reset) {
        if (over) {
            return;
        }
        over = true;
        unburden();
        if (reset && upstream != null) {
            UpstreamClients.abandon(upstream);
        }
        giveBack();
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
