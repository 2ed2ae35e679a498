package dev.adit.exchange;

import dev.adit.http.Client;
import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.observe.Attempt;
import dev.adit.observe.End;
import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.RequestTrace;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The exchange that ends right now, as observers see it. An event loop has one of these for all its exchanges: a view of
 * its own would cost every request an object that lives for a single call. What ends is reported before the client can
 * see the end of its response: who has a whole response finds it counted.
 */
final class EndedExchange implements Finished {
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");

    private final ExchangeObserver observer;
    private @Nullable Exchange ended;
    // The event loop alone writes it.
    private final AtomicInteger active = new AtomicInteger();
    private End end = End.COMPLETE;
    private int status;
    private @Nullable Refusal reason;
    private long requestBytes;
    private long responseBytes;
    private long nanos;

    private @Nullable Hostname hostname;
    private boolean isHostKnown;

    EndedExchange(ExchangeObserver observer) {
        this.observer = observer;
    }

    /** An exchange has begun, whose end will be told. */
    void begun() {
        active.setRelease(active.getPlain() + 1);
    }

    /** Those that have not ended; from any thread. */
    int active() {
        return active.getAcquire();
    }

    /** Adit has answered in place of an endpoint. */
    void answered(Exchange exchange, Answer answer) {
        end = answer.refusal() == null ? End.ANSWERED : End.REFUSED;
        status = answer.status().code();
        reason = answer.refusal();
        requestBytes = exchange.body().received();
        responseBytes = answer.bodyBytes(exchange.request().method());
        report(exchange);
    }

    /** The endpoint's response has been passed on, as far as it came. */
    void passed(Exchange exchange, End how) {
        passed(exchange, how, null);
    }

    /** The endpoint's response has been broken off, since it was too late for this answer. */
    void broken(Exchange exchange, Answer tooLate) {
        var why = tooLate.refusal();
        var isUpstream = why == Refusal.UPSTREAM_FAILED || why == Refusal.UPSTREAM_TIMEOUT;
        passed(exchange, isUpstream ? End.UPSTREAM_BROKE : End.BROKEN_OFF, why);
    }

    private void passed(Exchange exchange, End how, @Nullable Refusal why) {
        var sent = exchange.body().received();
        passed(exchange, how, why, sent, exchange.response().passed());
    }

    /** The tunnel has ended. */
    void tunnelled(Exchange exchange, long sent, long received) {
        passed(exchange, End.UPGRADED, null, sent, received);
    }

    private void passed(Exchange exchange, End how, @Nullable Refusal why, long sent, long received) {
        end = how;
        status = exchange.response().status();
        reason = why;
        requestBytes = sent;
        responseBytes = received;
        report(exchange);
    }

    private void report(Exchange exchange) {
        ended = exchange;
        isHostKnown = false;
        nanos = System.nanoTime() - exchange.startedAt();
        try {
            observer.finished(this);
        } finally {
            ended = null;
            active.setRelease(active.getPlain() - 1);
        }
    }

    private Exchange exchange() {
        return Objects.requireNonNull(ended, "valid during the call of the observer only");
    }

    @Override
    public Route route() {
        return exchange().admitted().route();
    }

    @Override
    public @Nullable RequestTrace trace() {
        return exchange().trace();
    }

    /** Looked for once, however many observers ask. */
    @Override
    public @Nullable Hostname hostname() {
        if (!isHostKnown) {
            var admitted = exchange().admitted();
            var host = admitted.head().host();
            hostname = admitted.generation()
                    .owning(host, exchange().connection().port())
                    .owning(host);
            isHostKnown = true;
        }
        return hostname;
    }

    @Override
    public Client client() {
        return exchange().connection();
    }

    @Override
    public String clientAddress() {
        var client = exchange().client();
        return client.isTrusted()
                ? client.addressBehind(exchange().request().headers().getAll(Admission.FORWARDED_FOR))
                : client.address();
    }

    @Override
    public boolean isSecure() {
        return exchange().admitted().isSecure();
    }

    @Override
    public String method() {
        return exchange().admitted().head().method();
    }

    @Override
    public String authority() {
        return exchange().admitted().head().authority();
    }

    @Override
    public String host() {
        return exchange().admitted().head().host();
    }

    @Override
    public String path() {
        return exchange().admitted().head().path();
    }

    @Override
    public String target() {
        return exchange().request().uri();
    }

    @Override
    public @Nullable String field(CharSequence name) {
        var asked = exchange().asked();
        return asked == null ? exchange().request().headers().get(name) : asked.field(name);
    }

    @Override
    public @Nullable String requestId() {
        return exchange().request().headers().get(REQUEST_ID);
    }

    @Override
    public long headBytes() {
        var asked = exchange().asked();
        return asked == null ? AskedHead.bytes(exchange().request()) : asked.bytes();
    }

    @Override
    public String version() {
        return exchange().request().protocolVersion().text();
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public End end() {
        return end;
    }

    @Override
    public @Nullable Refusal reason() {
        return reason;
    }

    @Override
    public long requestBytes() {
        return requestBytes;
    }

    @Override
    public long responseBytes() {
        return responseBytes;
    }

    @Override
    public long nanosToHead() {
        return exchange().response().nanosToHead();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public @Nullable Endpoint endpoint() {
        return exchange().endpoint();
    }

    @Override
    public @Nullable UpstreamId upstream() {
        return exchange().upstreamId();
    }

    @Override
    public long nanosOfAttempt() {
        return Math.min(nanos, exchange().nanosOfAttempt());
    }

    @Override
    public int endpointStatus() {
        return exchange().endpointStatus();
    }

    @Override
    public List<Attempt> earlier() {
        return exchange().earlier();
    }

    @Override
    public int attempts() {
        return exchange().attempts();
    }
}
