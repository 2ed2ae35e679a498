package dev.adit.exchange;

import dev.adit.http.FieldRules;
import dev.adit.http.Refusal;
import dev.adit.http.codec.Fields;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.KeepAlive;
import dev.adit.observe.Finished;
import dev.adit.overload.Claim;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The response's half of an exchange: from the endpoint to the client, in the form that the client understands. */
final class ResponseRelay {
    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    // There may be any number of them (RFC 9110 §15.2), but an endpoint that sends nothing else is broken.
    private static final int MAX_INTERIM = 16;
    private static final int MAX_INTERIM_PER_SECOND = 10;

    private final EventLoopContext loop;
    private final Exchange exchange;
    private final Downstream client;
    private boolean interim;
    private int interims;
    private boolean started;
    private boolean isEndDue;
    private boolean upstreamPersists;
    private Framing framing = Framing.INTERIM;
    private long received;
    private long sent;
    private @Nullable ResponsePace pace;
    private @Nullable GzippedBody gzip;
    private int status = Finished.NO_STATUS;
    private long nanosToHead = Finished.NO_HEAD;

    ResponseRelay(EventLoopContext loop, Exchange exchange, Downstream client) {
        this.loop = loop;
        this.exchange = exchange;
        this.client = client;
    }

    /** Whether the client has got the head, after which no other answer is possible. */
    boolean isStarted() {
        return started;
    }

    /**
     * Whether the endpoint owes its head, or the end of what has no body, which by HTTP/2 it says by itself. A body may take
     * its time.
     */
    boolean isDue() {
        return !started || isEndDue;
    }

    /** The status that the client has got from the endpoint. */
    int status() {
        return status;
    }

    /** How many bytes of the body have been passed on. */
    long passed() {
        return sent;
    }

    /** How many of them wait. */
    long held() {
        return pace == null ? 0 : pace.held();
    }

    /** Whether some of it waits, so that no more is wanted. */
    boolean isHolding() {
        return pace != null && pace.isHolding();
    }

    /** Since when it has waited, as of {@link System#nanoTime}; only while it does. */
    long heldSince() {
        return pace == null ? Claim.NOT_STALLED : pace.heldSince();
    }

    /** Has the body sent no faster than that, after its first bytes. */
    void pace(long bytesPerSecond, long after) {
        pace = new ResponsePace(loop, exchange, bytesPerSecond, after);
    }

    /** Has the body compressed, while its head is being changed; false where there is none, or it cannot be. */
    boolean compress(int level) {
        // HTTP/1.0 knows no chunks, and may have to be told the length.
        if (framing.isEmpty() || exchange.isHttp10()) {
            return false;
        }
        var deflater = loop.compressors().take(level);
        if (deflater != null) {
            gzip = new GzippedBody(loop.compressors(), deflater, level);
        }
        return deflater != null;
    }

    /** Nobody wants the rest of it. */
    void release() {
        if (pace != null) {
            pace.release();
        }
        if (gzip != null) {
            gzip.release();
        }
    }

    /** The time from the head of the request to that of the response. */
    long nanosToHead() {
        return nanosToHead;
    }

    private void begun(int code) {
        status = code;
        nanosToHead = System.nanoTime() - exchange.startedAt();
    }

    /** True when it was the final one. */
    boolean head(HttpResponse response, boolean ended) {
        if (!response.decoderResult().isSuccess()) {
            exchange.broken();
            return false;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            interim(response);
            return false;
        }
        var code = response.status().code();
        var toHead = exchange.request().method().equals(HttpMethod.HEAD);
        var said = Framing.ofResponse(response.protocolVersion(), response.headers(), code, toHead);
        var received = ended && said.is(Framing.Kind.UNTIL_CLOSE) ? Framing.EMPTY : said;
        if (received.is(Framing.Kind.UNCLEAR) || !send(response, received)) {
            exchange.fail(Refusal.UPSTREAM_FAILED);
            return false;
        }
        started = true;
        interim = false; // of HTTP/2 an interim head has no end of its own
        begun(code);
        isEndDue = received.is(Framing.Kind.NONE) && !ended;
        return true;
    }

    private boolean send(HttpResponse response, Framing received) {
        framing = received;
        if (gzip != null) {
            gzip.release(); // of a response that was replaced by this one
            gzip = null;
        }
        exchange.filter(response);
        // A stream of HTTP/2 is over by itself, and says nothing of its connection.
        upstreamPersists = isHttp2(response)
                || (!received.is(Framing.Kind.UNTIL_CLOSE) && KeepAlive.of(response) == KeepAlive.IMPLIED);
        return client.sendHead(response, gzip == null ? received : received.withoutLength(), exchange.isBodyWithheld());
    }

    private static boolean isHttp2(HttpResponse response) {
        return response.protocolVersion().majorVersion() == 2;
    }

    private void interim(HttpResponse response) {
        interim = true;
        var code = response.status().code();
        if (code == SWITCHING_PROTOCOLS) {
            switchProtocols(response);
        } else if (!Fields.areWellFormed(response.headers(), loop.scratch())) {
            exchange.fail(Refusal.UPSTREAM_FAILED);
        } else if (code != CONTINUE) {
            passInterim(response);
        } else if (exchange.isBodyWithheld() && !exchange.isPage()) {
            exchange.continued();
            client.sendContinue();
        }
    }

    /** RFC 9110 §7.8: to what was asked for, and to nothing else. */
    private void switchProtocols(HttpResponse response) {
        var fields = response.headers();
        var protocols = fields.getAll(HttpHeaderNames.UPGRADE);
        if (exchange.isUpgrade()
                && response.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && protocols.size() == 1
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(protocols.getFirst())
                && FieldRules.hasToken(fields.getAll(HttpHeaderNames.CONNECTION), "upgrade")
                && Fields.areWellFormed(fields, loop.scratch())) {
            begun(SWITCHING_PROTOCOLS);
            exchange.switchProtocols(response);
        } else {
            exchange.fail(Refusal.UPSTREAM_FAILED);
        }
    }

    private void passInterim(HttpResponse response) {
        if (++interims > MAX_INTERIM && interims > MAX_INTERIM + seconds() * MAX_INTERIM_PER_SECOND) {
            exchange.fail(Refusal.UPSTREAM_FAILED);
            return;
        }
        client.sendInterim(response);
        if (!client.isWritable()) {
            exchange.clientWritable(false);
        }
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - exchange.startedAt());
    }

    void content(HttpContent part) {
        if (!part.decoderResult().isSuccess()) {
            part.release();
            exchange.fail(Refusal.UPSTREAM_FAILED);
            return;
        }
        var last = part instanceof LastHttpContent;
        if (interim || !started) {
            part.release();
            interim = interim && !last;
            return;
        }
        if (framing.is(Framing.Kind.NONE) && part.content().isReadable()) {
            part.release(); // HTTP/2 lets an endpoint send one that nobody wants
            client.sendContent(LastHttpContent.EMPTY_LAST_CONTENT);
            exchange.finish(false);
            return;
        }
        var total = received + part.content().readableBytes();
        if (!isExact(total, last)) {
            part.release();
            exchange.fail(Refusal.UPSTREAM_FAILED);
            return;
        }
        received = total;
        var changed = gzip == null ? part : gzip.compress(part);
        if (pace == null) {
            pass(changed);
        } else {
            pace.pass(changed, this::pass);
            if (last && pace.isHolding()) {
                exchange.received(upstreamPersists);
            }
        }
    }

    private void pass(HttpContent part) {
        sent += part.content().readableBytes();
        client.sendContent(part);
        if (part instanceof LastHttpContent) {
            exchange.finish(upstreamPersists);
        } else if (!client.isWritable()) {
            exchange.clientWritable(false);
        }
    }

    /**
     * Whether the body is as long as the head has said, so far. Else a client of HTTP/1 would take the next response for
     * the rest of it (RFC 9112 §6.3). HTTP/2 does not say where a body ends by its length.
     */
    private boolean isExact(long total, boolean last) {
        return switch (framing.kind()) {
            case LENGTH -> last ? total == framing.length() : total <= framing.length();
            case NONE, CHUNKED, UNTIL_CLOSE, UNCLEAR -> true;
        };
    }
}
