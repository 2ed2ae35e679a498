package dev.adit.upstream.http2;

import dev.adit.exchange.Upstream;
import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.frames.Http2Section;
import dev.adit.http.codec.frames.StreamWriter;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/** One exchange, on a stream of a connection that carries others beside it. */
final class Http2UpstreamStream implements Upstream {
    // Those that may not come late are left out, and are no error.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false);

    private final Http2UpstreamConnection connection;
    private final Events events;
    private @Nullable Http2Stream stream;
    private @Nullable StreamWriter writer;
    private boolean wanted = true;
    private boolean over;
    private boolean hasFinalHead;
    private Closed closed = Closed.SEEN;
    private int unconsumed;
    private boolean released;

    Http2UpstreamStream(Http2UpstreamConnection connection, Events events) {
        this.connection = connection;
        this.events = events;
    }

    @Override
    public boolean head(HttpRequest request, RequestHead head, Framing framing, Client client) {
        var section = Http2Section.request(request, head, framing, client, connection.isSecure());
        if (section == null) {
            return false;
        }
        // A request without a body ends with its head: see content.
        var opened = connection.open(this, section, framing.is(Framing.Kind.NONE));
        stream = opened;
        if (opened != null) {
            writer = new StreamWriter(connection.frames(), opened, connection.allowance(), this::drained, () -> {});
            if (framing.is(Framing.Kind.NONE)) {
                writer.ended();
            }
        }
        return true;
    }

    @Override
    public void content(HttpContent part) {
        var out = writer;
        if (out == null || out.isEnded()) {
            part.release(); // the end of a request without a body
            return;
        }
        if (part instanceof LastHttpContent last) {
            out.last(part.content(), Http2Section.trailers(last.trailingHeaders()));
        } else {
            out.data(part.content(), false);
        }
        if (!out.isWritable()) {
            events.writable(false);
        }
    }

    @Override
    public void flush() {
        connection.frames().flush();
    }

    @Override
    public boolean isWritable() {
        return writer == null || writer.isWritable();
    }

    @Override
    public long unsent() {
        return writer == null ? 0 : writer.unsent();
    }

    @Override
    public void reading(boolean on) {
        wanted = on;
        if (on && unconsumed > 0 && stream != null) {
            var bytes = unconsumed;
            unconsumed = 0;
            connection.frames().consume(stream, bytes);
        }
    }

    @Override
    public void end(boolean whole) {
        over = true;
        if (!whole || writer == null || !writer.isEnded()) {
            reset();
        } else {
            reading(true); // what is left counts no more
        }
    }

    @Override
    public void join(ChannelHandlerContext client, MemoryBudget memory, Owner whose) {
        throw new IllegalStateException("HTTP/2 has no switch of protocols (RFC 9113 §8.6)");
    }

    private void drained() {
        if (!over) {
            events.writable(true);
        }
    }

    void sweep(long now) {
        if (!over) {
            events.sweep(now);
        }
    }

    @Override
    public void abort() {
        over = true;
        reset();
    }

    private void reset() {
        if (stream == null) {
            release();
        } else if (stream.state() != Http2Stream.State.CLOSED) {
            connection.frames().reset(stream, Http2Error.CANCEL);
            // Else data that waits for a flush or for the window leaves behind RST_STREAM: an error of the connection.
            stream.close();
        }
    }

    /** Its place on the connection is free again. */
    void release() {
        if (!released) {
            released = true;
            connection.release();
        }
    }

    /** A header section: of an interim or the final response, or trailers. */
    void headers(Http2Headers section, boolean last) {
        if (over) {
            return;
        }
        if (hasFinalHead) {
            var end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, UNCHECKED);
            end.trailingHeaders().add(Http2Section.fields(section));
            content(last, end);
            return;
        }
        var response = Http2Section.response(section);
        if (response == null || (last && isInterim(response))) {
            fail();
            return;
        }
        hasFinalHead = !isInterim(response);
        events.head(response, last);
        if (last && !over) {
            events.content(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        events.readComplete();
    }

    private void content(boolean last, HttpContent part) {
        if (last) {
            events.content(part);
            events.readComplete();
        } else {
            part.release();
            fail(); // RFC 9113 §8.1: trailers end the stream
        }
    }

    private static boolean isInterim(HttpResponse response) {
        return response.status().code() < 200;
    }

    /** A DATA frame; returns how much of it the endpoint may send again. */
    int data(ByteBuf data, int padding, boolean last) {
        var bytes = data.readableBytes();
        if (over) {
            return bytes + padding;
        }
        if (!hasFinalHead) {
            fail(); // RFC 9113 §8.1: a response begins with its head
            return bytes + padding;
        }
        var retained = data.retain();
        events.content(last ? new DefaultLastHttpContent(retained) : new DefaultHttpContent(retained));
        events.readComplete();
        if (wanted || over) {
            return bytes + padding;
        }
        unconsumed += bytes;
        return padding;
    }

    /** The endpoint looks at no stream after that one. */
    void ifAfter(int lastStreamId) {
        if (stream != null && stream.id() > lastStreamId) {
            unseen();
        }
    }

    /** The endpoint has not looked at the request. */
    void unseen() {
        closed = Closed.UNSEEN;
    }

    /** By either side, or with the connection. */
    void closed() {
        if (!over) {
            over = true;
            events.closed(closed);
        }
    }

    private void fail() {
        reset();
        closed();
    }
}
