package dev.adit.downstream.http2;

import dev.adit.exchange.Downstream;
import dev.adit.exchange.Exchange;
import dev.adit.exchange.Upstream;
import dev.adit.http.Client;
import dev.adit.http.ClientClock;
import dev.adit.http.Limits;
import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.Fields;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.frames.FrameSender;
import dev.adit.http.codec.frames.Http2Section;
import dev.adit.http.codec.frames.StreamWriter;
import dev.adit.overload.Owner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request on a stream of its own, and the response to it. */
final class Http2Downstream implements Downstream {
    // Those that may not come late are left out, and are no error.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

    private final Http2ClientConnection connection;
    private final FrameSender frames;
    private final Http2Stream stream;
    private final HeldStream held;
    private final HttpRequest request;
    private final ClientClock clock;
    private final StreamWriter writer;
    private @Nullable Exchange exchange;
    private boolean wanted = true;
    private final boolean bodiless;
    private boolean received;
    private boolean trailers;
    private int unconsumed;

    Http2Downstream(
            Http2ClientConnection connection, HeldStream held, HttpRequest request, Limits limits, boolean bodiless) {
        this.connection = connection;
        this.frames = connection.frames();
        this.held = held;
        this.stream = held.stream();
        this.request = request;
        this.bodiless = bodiless;
        this.received = bodiless;
        this.writer = new StreamWriter(frames, stream, connection.memory()::allowance, this::drained, this::answered);
        this.clock = new ClientClock(limits);
        clock.enter(ClientClock.Phase.REQUEST);
    }

    /** The request is served, from {@link #start} on. */
    Http2Downstream serve(Exchange begun) {
        exchange = begun;
        return this;
    }

    /** Passes it on, if it is still wanted. */
    void start() {
        var current = exchange;
        if (current != null) {
            current.start();
            if (bodiless) {
                current.requestContent(LastHttpContent.EMPTY_LAST_CONTENT);
            }
            current.flushRequest();
        }
    }

    /** A DATA frame; returns how much of it the client may send anew. */
    int data(ByteBuf data, int padding, boolean last) {
        var bytes = data.readableBytes();
        clock.progress(bytes);
        received = last;
        var current = exchange;
        if (current == null) {
            return bytes + padding; // what is left of a request that has been answered
        }
        content(current, last ? new DefaultLastHttpContent(data.retain()) : new DefaultHttpContent(data.retain()));
        if (wanted) {
            return bytes + padding;
        }
        unconsumed += bytes;
        return padding;
    }

    void trailers(Http2Headers section) {
        received = true;
        var current = exchange;
        var fields = Http2Heads.trailers(section);
        if (current != null && fields != null) {
            var last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, UNCHECKED);
            last.trailingHeaders().add(fields);
            content(current, last);
        } else if (current != null) {
            current.fail(Refusal.BAD_SYNTAX);
        }
    }

    private static void content(Exchange exchange, HttpContent part) {
        exchange.requestContent(part);
        exchange.flushRequest();
    }

    /** By either side, or with the connection. */
    void closed() {
        var current = exchange;
        exchange = null;
        if (current != null && !writer.isEnded()) {
            current.clientGone();
        }
    }

    void sweep(long now) {
        if (!clock.isOver(now, !received && wanted, writer.unsent())) {
            return;
        }
        var current = exchange;
        if (clock.phase() == ClientClock.Phase.REQUEST && current != null) {
            current.fail(Refusal.REQUEST_TIMEOUT);
        } else {
            frames.reset(stream, Http2Error.CANCEL);
        }
    }

    @Override
    public Client client() {
        return connection.client();
    }

    @Override
    public Owner owner() {
        return held.owner();
    }

    @Override
    public boolean sendHead(HttpResponse response, Framing framing, boolean bodyWithheld) {
        var section = Http2Section.response(response, framing);
        if (section == null) {
            return false;
        }
        // RFC 9110 §6.5.1: only to those who say that they take them.
        trailers = Fields.takesTrailers(request.headers());
        writer.headers(section, framing.isEmpty());
        return true;
    }

    @Override
    public void sendInterim(HttpResponse response) {
        var section = Http2Section.response(response, Framing.INTERIM);
        if (section != null) {
            writer.interim(section);
        }
    }

    @Override
    public void sendContinue() {
        writer.headers(Http2Heads.section(HttpResponseStatus.CONTINUE), false);
    }

    @Override
    public void sendContent(HttpContent part) {
        if (writer.isEnded()) {
            part.release(); // the end of a response without a body
            return;
        }
        if (part instanceof LastHttpContent last) {
            writer.last(
                    part.content(),
                    trailers ? Http2Section.trailers(last.trailingHeaders()) : EmptyHttp2Headers.INSTANCE);
        } else {
            writer.data(part.content(), false);
        }
    }

    @Override
    public void end(boolean bodyWithheld) {
        exchange = null;
        flush();
    }

    @Override
    public void answer(Answer answer, boolean bodyWithheld) {
        answer(answer);
    }

    @Override
    public void switchProtocols(HttpResponse response, Upstream upstream) {
        throw new IllegalStateException("HTTP/2 has no switch of protocols (RFC 9113 §8.6)");
    }

    /** Answers in the place of an endpoint. */
    void answer(Answer answer) {
        exchange = null;
        var section = Http2Heads.section(answer.status());
        answer.fields()
                .forEach(field -> section.add(field.getKey(), field.getValue().text()));
        var toHead = request.method().equals(HttpMethod.HEAD);
        writer.headers(section, toHead);
        if (!toHead) {
            writer.data(Unpooled.copiedBuffer(answer.text(), StandardCharsets.US_ASCII), true);
        }
        flush();
    }

    /** It could not be passed on, by an error of our own. */
    void abandon() {
        var current = exchange;
        if (current != null) {
            current.abandon();
        }
        breakOff();
    }

    @Override
    public void breakOff() {
        exchange = null;
        frames.reset(stream, Http2Error.INTERNAL_ERROR);
    }

    @Override
    public void setReading(boolean on) {
        wanted = on;
        if (on && unconsumed > 0) {
            var bytes = unconsumed;
            unconsumed = 0;
            clock.restart();
            frames.consume(stream, bytes);
        }
    }

    @Override
    public boolean isWritable() {
        return writer.isWritable();
    }

    @Override
    public void flush() {
        frames.flush();
    }

    private void drained() {
        var current = exchange;
        if (current != null) {
            current.clientWritable(true);
        }
    }

    /** RFC 9113 §8.1: who has its answer is told that the rest of its request is not wanted. */
    private void answered() {
        if (!received) {
            frames.reset(stream, Http2Error.NO_ERROR);
        }
    }
}
