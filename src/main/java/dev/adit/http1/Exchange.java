package dev.adit.http1;

import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.http.Verdict;
import dev.adit.http1.wire.Framing;
import dev.adit.http1.wire.Persistence;
import dev.adit.routing.Endpoint;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request on its way to an endpoint; the response has its own half. All of it on one event loop. */
final class Exchange {
    private static final int MAX_ATTEMPTS = 3;
    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private final Engine engine;
    private final ClientHandler client;
    private final HttpRequest request;
    private final RequestHead head;
    private final Framing framing;
    private final Verdict.Forward route;
    private final long startedAt = System.nanoTime();
    private final ResponseRelay response;
    private @Nullable Endpoint endpoint;
    private @Nullable UpstreamConnection upstream;
    private @Nullable Deque<HttpContent> held;
    private int attempts;
    private boolean unflushed;
    private boolean sent;
    private boolean over;
    private boolean withheld;
    private long waitingSince = NOT_WAITING;

    Exchange(
            Engine engine,
            ClientHandler client,
            HttpRequest request,
            RequestHead head,
            Framing framing,
            Verdict.Forward route) {
        this.engine = engine;
        this.client = client;
        this.request = request;
        this.head = head;
        this.framing = framing;
        this.route = route;
        this.response = new ResponseRelay(engine, this, client);
        // RFC 9110 §10.1.1: an expectation without a body means nothing.
        this.withheld = !framing.is(Framing.Kind.NONE) && Delegation.expectsContinue(request);
    }

    HttpRequest request() {
        return request;
    }

    long startedAt() {
        return startedAt;
    }

    /** Whether a connection is still wanted. */
    boolean isWaiting() {
        return !over && upstream == null;
    }

    /** Whether the client holds its body back, so that nobody knows what its next bytes are. */
    boolean isBodyWithheld() {
        return withheld;
    }

    void start() {
        attempts++;
        endpoint = engine.balancer().choose(route.upstream(), route.endpoints(), endpoint);
        var pool = engine.pool(endpoint);
        var idle = pool.poll();
        if (idle != null) {
            send(idle);
        } else if (!pool.open(this)) {
            fail(ProxyError.UPSTREAM_OVERLOADED);
        }
    }

    void connected(UpstreamConnection connection) {
        send(connection);
        flushRequest();
    }

    void connectFailed(Throwable cause) {
        if (over) {
            return;
        }
        if (attempts < Math.min(MAX_ATTEMPTS, route.endpoints().size())) {
            start();
            flushRequest();
            return;
        }
        fail(
                switch (cause) {
                    case ConnectTimeoutException _ -> ProxyError.UPSTREAM_CONNECT_TIMEOUT;
                    case ConnectException _ -> ProxyError.UPSTREAM_CONNECT_FAILED;
                    default -> ProxyError.UPSTREAM_FAILED;
                });
    }

    private void send(UpstreamConnection connection) {
        if (!engine.requests().write(request, head, framing, client.client())) {
            connection.end(true);
            fail(ProxyError.BAD_SYNTAX);
            return;
        }
        upstream = connection;
        connection.begin(this, request.method().equals(HttpMethod.HEAD));
        var out = connection.context();
        var _ = out.write(engine.scratch().copy(out.alloc()), out.voidPromise());
        unflushed = true;
        if (sent) {
            waitingSince = System.nanoTime(); // a second attempt, of a request without a body
        }
        if (held != null) {
            var parts = held;
            held = null;
            parts.forEach(this::body);
        }
    }

    /** A part of the request's body; it belongs to the exchange from now on. */
    void requestContent(HttpContent part) {
        if (over) {
            part.release();
        } else if (upstream == null) {
            if (held == null) {
                held = new ArrayDeque<>(2);
            }
            held.add(part);
            client.reading(!part.content().isReadable());
        } else {
            body(part);
        }
    }

    private void body(HttpContent part) {
        var connection = upstream;
        if (connection == null) {
            part.release();
            return;
        }
        withheld = false;
        var last = part instanceof LastHttpContent;
        engine.bodies().write(connection.context(), part, framing.is(Framing.Kind.CHUNKED), true);
        unflushed = true;
        if (last) {
            // From now on a response is due: not earlier, since an upload may take as long as the client's uplink
            // needs.
            sent = true;
            waitingSince = System.nanoTime();
        } else {
            client.reading(connection.context().channel().isWritable());
        }
    }

    void flushRequest() {
        var connection = upstream;
        if (unflushed && connection != null) {
            unflushed = false;
            connection.context().flush();
        }
    }

    void responseHead(HttpResponse received) {
        if (response.head(received, withheld)) {
            waitingSince = NOT_WAITING;
        }
    }

    void responseContent(HttpContent part) {
        response.content(part);
    }

    /** The client has been told to go on. */
    void continued() {
        withheld = false;
    }

    void flushResponse() {
        client.response().flush();
    }

    /** The response has been passed on whole. */
    void finish(boolean upstreamPersists, Persistence persistence) {
        over = true;
        detach(upstreamPersists && sent);
        client.done(withheld ? Persistence.CLOSE : persistence);
    }

    void upstreamClosed(boolean reused) {
        upstream = null;
        if (over) {
            return;
        }
        // An endpoint may close an unused connection at any time; then it has not seen this request.
        var again = reused && !response.isStarted() && framing.is(Framing.Kind.NONE) && attempts <= MAX_ATTEMPTS;
        if (again && IDEMPOTENT.contains(request.method())) {
            start();
            flushRequest();
        } else {
            fail(ProxyError.UPSTREAM_FAILED);
        }
    }

    void upstreamWritable(boolean writable) {
        client.reading(writable);
    }

    void clientWritable(boolean writable) {
        if (upstream != null) {
            upstream.reading(writable);
        }
    }

    boolean isOverdue(long now) {
        return waitingSince != NOT_WAITING
                && now - waitingSince > engine.timeouts().response().toNanos();
    }

    void clientGone() {
        over = true;
        detach(false);
    }

    /** Answers the client, or breaks off where the answer has begun. */
    void fail(ProxyError error) {
        if (over) {
            return;
        }
        over = true;
        detach(false);
        if (response.isStarted()) {
            client.abort();
        } else {
            client.refuse(error, request, withheld);
        }
    }

    private void detach(boolean reusable) {
        if (held != null) {
            held.forEach(HttpContent::release);
            held = null;
        }
        var connection = upstream;
        upstream = null;
        if (connection != null) {
            connection.end(reusable);
        }
    }

    /** HTTP/1.0 knows no chunks and no interim responses. */
    boolean isHttp10() {
        return request.protocolVersion().minorVersion() == 0;
    }
}
