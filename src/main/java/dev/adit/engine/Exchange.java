package dev.adit.engine;

import dev.adit.http.ProxyError;
import dev.adit.http.Verdict;
import dev.adit.overload.Claim;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Output;
import dev.adit.overload.Owner;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.net.ConnectException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way to an endpoint; the response has its own half. All of it on one event loop. */
public final class Exchange extends Claim implements MemoryBudget.Holder {
    private static final int MAX_ATTEMPTS = 3;
    private static final long NOT_WAITING = Long.MIN_VALUE;
    // Of a body, for its client to count as one that sends: a byte now and then does not.
    private static final int PROGRESS_BYTES = 1_024;
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private final Engine engine;
    private final Downstream client;
    private final HttpRequest request;
    private final Admission.Admitted admitted;
    private final Verdict.Forward route;
    private final long startedAt = System.nanoTime();
    private final long responseNanos;
    private final EndpointChoice endpoint;
    private final RequestRelay body;
    private final ResponseRelay response;
    private @Nullable UpstreamPool pool;
    private @Nullable UpstreamConnection upstream;
    private boolean connecting;
    private int attempts;
    private boolean over;
    private long waitingSince = NOT_WAITING;
    private boolean isHolding;
    private long unreadSince = NOT_STALLED;
    private long owedSince;
    private int progress;

    public Exchange(Engine engine, Downstream client, HttpRequest request, Admission.Admitted admitted) {
        this.engine = engine;
        this.client = client;
        this.request = request;
        this.admitted = admitted;
        this.route = admitted.route();
        this.responseNanos = route.policy()
                .responseTimeout()
                .orElse(engine.timeouts().response())
                .toNanos();
        this.endpoint =
                new EndpointChoice(engine.balancer(), route, client.client(), admitted.head(), request.headers());
        engine.retries().deposit();
        this.body =
                new RequestRelay(engine, client, admitted.framing(), Admission.expectsContinue(request) && !isHttp10());
        this.response = new ResponseRelay(engine, this, client);
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
        return body.isWithheld();
    }

    public void start() {
        attempts++;
        var chosen = engine.pool(endpoint.next());
        pool = chosen;
        if (chosen.claim(this)) {
            connect(chosen);
        }
    }

    private void connect(UpstreamPool chosen) {
        var idle = chosen.poll();
        if (idle != null) {
            send(idle);
        } else {
            connecting = true;
            chosen.open(this, route.policy().connectTimeout());
        }
    }

    @Override
    protected void granted() {
        if (pool != null) {
            connect(pool);
            flushRequest();
        }
    }

    @Override
    protected void refused() {
        fail(ProxyError.UPSTREAM_OVERLOADED);
    }

    /** Whether it has been waited for: otherwise it is somebody else's. */
    boolean connected(UpstreamConnection connection) {
        connecting = false;
        if (isWaiting()) {
            send(connection);
            flushRequest();
            return true;
        }
        return false;
    }

    void connectFailed(Throwable cause) {
        connecting = false;
        giveBack();
        if (over) {
            return;
        }
        if (attempts < Math.min(MAX_ATTEMPTS, route.endpoints().size()) && mayRetry()) {
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

    private boolean mayRetry() {
        return engine.retries().withdraw(System.nanoTime());
    }

    private void send(UpstreamConnection connection) {
        if (!engine.requests().write(request, admitted.head(), admitted.framing(), client.client())) {
            connection.end(true);
            fail(ProxyError.BAD_SYNTAX);
            return;
        }
        upstream = connection;
        if (!body.isReceived()) {
            owedSince = System.nanoTime();
        }
        connection.begin(this, request.method().equals(HttpMethod.HEAD));
        var out = connection.context();
        var _ = out.write(engine.scratch().copy(out.alloc()), out.voidPromise());
        body.begin(connection);
        await();
    }

    /** A part of the request's body; it belongs to the exchange from now on. */
    public void requestContent(HttpContent part) {
        if (over) {
            part.release();
        } else if (body.isRepeatable() && part.content().isReadable()) {
            part.release();
            fail(ProxyError.BAD_FRAMING); // a body that no field announced
        } else {
            progress += part.content().readableBytes();
            body.content(upstream, part);
            await();
            if (upstream == null) {
                hold();
            }
        }
    }

    /** From now on a response is due: not earlier, since an upload may take as long as the client's uplink needs. */
    private void await() {
        if (upstream != null && body.isSent()) {
            waitingSince = System.nanoTime();
        } else if (progress >= PROGRESS_BYTES) {
            progress = 0;
            owedSince = System.nanoTime();
        }
    }

    public void flushRequest() {
        if (body.flush(upstream)) {
            hold();
        }
    }

    private void hold() {
        var bytes = held();
        if (bytes > 0 || isHolding) {
            isHolding = bytes > 0;
            engine.memory().hold(this, bytes);
        }
    }

    @Override
    public long held() {
        return upstream == null
                ? body.held()
                : Output.pendingBytes(upstream.context().channel());
    }

    @Override
    public void giveWay() {
        fail(ProxyError.UPSTREAM_OVERLOADED);
    }

    @Override
    public Owner owner() {
        return client.owner();
    }

    @Override
    protected boolean isComplete() {
        return body.isReceived();
    }

    @Override
    protected long stalledSince() {
        if (upstream == null || over) {
            return NOT_STALLED;
        }
        if (unreadSince != NOT_STALLED) {
            return unreadSince;
        }
        var owes = !body.isSent() && upstream.context().channel().isWritable();
        return owes ? owedSince : NOT_STALLED;
    }

    void responseHead(HttpResponse received) {
        if (response.head(received)) {
            waitingSince = NOT_WAITING;
            endpoint.answered(System.nanoTime() - startedAt);
        }
    }

    void responseContent(HttpContent part) {
        response.content(part);
    }

    /** The client has been told to go on. */
    void continued() {
        body.continued();
    }

    void flushResponse() {
        client.flush();
    }

    /** The response has been passed on whole. */
    void finish(boolean upstreamPersists) {
        over = true;
        detach(connection -> connection.end(upstreamPersists && body.isSent()));
        client.finished(body.isWithheld());
    }

    void upstreamClosed(boolean reused) {
        upstream = null;
        if (over) {
            return;
        }
        // An endpoint may close an unused connection at any time; then it has not seen this request.
        var again = reused && !response.isStarted() && body.isRepeatable() && attempts <= MAX_ATTEMPTS;
        if (again && IDEMPOTENT.contains(request.method()) && mayRetry()) {
            giveBack();
            endpoint.excuse();
            start();
            flushRequest();
        } else {
            fail(ProxyError.UPSTREAM_FAILED);
        }
    }

    void upstreamWritable(boolean writable) {
        if (!body.isSent()) {
            waitingSince = writable ? NOT_WAITING : System.nanoTime();
        }
        client.reading(writable);
    }

    public void clientWritable(boolean writable) {
        if (writable) {
            unreadSince = NOT_STALLED;
        } else if (unreadSince == NOT_STALLED) {
            unreadSince = System.nanoTime();
        }
        if (upstream != null) {
            upstream.reading(writable);
        }
    }

    boolean isOverdue(long now) {
        return waitingSince != NOT_WAITING && now - waitingSince > responseNanos;
    }

    /** What it has sent whole still reaches the endpoint: some clients send and leave. */
    public void clientGone() {
        over = true;
        var isSent = body.isSent() && !body.isRepeatable();
        detach(isSent ? connection -> connection.end(false) : UpstreamConnection::abort);
    }

    /** Answers the client, or breaks off where the answer has begun. */
    public void fail(ProxyError error) {
        if (over) {
            return;
        }
        over = true;
        detach(UpstreamConnection::abort);
        if (response.isStarted()) {
            client.breakOff();
        } else {
            client.refuse(error, body.isWithheld());
        }
    }

    private void detach(Consumer<UpstreamConnection> end) {
        endpoint.release();
        body.release();
        if (isHolding) {
            isHolding = false;
            engine.memory().release(this);
        }
        var connection = upstream;
        upstream = null;
        if (connection != null) {
            end.accept(connection);
        }
        giveBack();
    }

    /** A connection that is being made is not free before it is there. */
    private void giveBack() {
        if (pool != null && !connecting) {
            pool.release(this);
        }
    }

    /** HTTP/1.0 knows no chunks and no interim responses. */
    private boolean isHttp10() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }
}
