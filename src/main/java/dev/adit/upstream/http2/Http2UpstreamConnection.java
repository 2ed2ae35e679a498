package dev.adit.upstream.http2;

import dev.adit.exchange.Upstream;
import dev.adit.http.Limits;
import dev.adit.http.codec.frames.FrameSender;
import dev.adit.http.codec.frames.WholeFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/2 to an endpoint. It carries as many exchanges at once as the endpoint allows, within a bound of
 * our own; when it dies, only those fail that it carried.
 */
public final class Http2UpstreamConnection {
    /** How many exchanges one connection carries at most, whatever the endpoint allows. */
    public static final int MOST_STREAMS = 100;

    // An exchange whose client does not read holds its stream's window, and must not hold that of the others.
    private static final int STREAM_WINDOW = 65_535;
    private static final int CONNECTION_WINDOW = MOST_STREAMS * STREAM_WINDOW;
    // Silence of a connection with exchanges is looked into after this; without an answer it is dead.
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PING = 0x61646974; // any eight bytes

    private final Owner owner;
    private final boolean secure;
    private final IntSupplier allowance;
    private final DefaultHttp2Connection streams = new DefaultHttp2Connection(false);
    private final Http2Connection.PropertyKey own = streams.newKey();
    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext context;
    private final FrameSender frames;
    private long allowed;
    private int running;
    private boolean retired;
    private boolean heard = true;
    private boolean pinged;
    private long silentSince = System.nanoTime();
    private long idleSince = silentSince;

    /** Who hands out the connection. */
    public interface Owner {
        /** It can carry one more exchange than a moment ago. */
        void hasRoom(Http2UpstreamConnection connection);

        /** So many exchanges at once are all that the endpoint takes of one connection. */
        void allows(long exchanges);

        /** It takes no more exchanges; those that it carries go on. Told once. */
        void retired(Http2UpstreamConnection connection);
    }

    /**
     * Speaks HTTP/2 on a connection that stands, from now on.
     *
     * @param secure whether the connection is encrypted
     * @param expected how many exchanges the endpoint will probably take, until it says so
     * @param limits of the head of a response
     * @param allowance how many bytes of a request may wait for the endpoint before its client has to wait, too
     */
    public Http2UpstreamConnection(
            Channel channel, Owner owner, boolean secure, int expected, Limits limits, IntSupplier allowance) {
        this.owner = owner;
        this.allowed = expected;
        this.allowance = allowance;
        this.secure = secure;
        var settings = Http2Settings.defaultSettings()
                .pushEnabled(false)
                .initialWindowSize(STREAM_WINDOW)
                .maxHeaderListSize(limits.fieldBytes());
        handler = new Http2ConnectionHandlerBuilder()
                .connection(streams)
                .frameListener(new EndpointFrames(new Frames(), streams, limits.fields()))
                .initialSettings(settings)
                .gracefulShutdownTimeoutMillis(0)
                .build();
        streams.addListener(new Ends());
        channel.pipeline().addLast(handler, new CloseOnError());
        context = channel.pipeline().context(handler);
        frames = new FrameSender(handler, context, handler);
        channel.closeFuture().addListener(_ -> retire());
        WholeFrames.take(handler, context);
        widen();
    }

    private void widen() {
        try {
            var flow = handler.decoder().flowController();
            flow.incrementWindowSize(streams.connectionStream(), CONNECTION_WINDOW - STREAM_WINDOW);
            frames.flush();
        } catch (Http2Exception e) {
            handler.onError(context, true, e);
        }
    }

    FrameSender frames() {
        return frames;
    }

    IntSupplier allowance() {
        return allowance;
    }

    boolean isSecure() {
        return secure;
    }

    /** Whether one more exchange can begin. */
    public boolean hasRoom() {
        return !retired && running < allowed && context.channel().isActive();
    }

    /** Begins an exchange; only where there is room for it. */
    public Upstream begin(Upstream.Events events) {
        running++;
        return new Http2UpstreamStream(this, events);
    }

    /** Opens the stream of an exchange; null where the connection takes none any more. */
    @Nullable
    Http2Stream open(Http2UpstreamStream exchange, Http2Headers section, boolean last) {
        var id = streams.local().canOpenStream() ? streams.local().incrementAndGetNextStreamId() : -1;
        if (id > 0) {
            var _ = handler.encoder().writeHeaders(context, id, section, 0, last, context.newPromise());
        }
        var stream = id > 0 ? streams.stream(id) : null;
        if (stream == null) {
            retire(); // all numbers are used up, or the endpoint is about to go
            exchange.unseen();
            context.executor().execute(() -> {
                exchange.closed();
                exchange.release();
            });
        } else {
            stream.setProperty(own, exchange);
        }
        return stream;
    }

    /** An exchange is over, and its stream too. */
    void release() {
        running--;
        idleSince = System.nanoTime();
        if (hasRoom()) {
            owner.hasRoom(this);
        } else if (retired && running == 0) {
            var _ = context.close();
        }
    }

    /**
     * Ends what has been unused for too long, or does not answer any more.
     *
     * @param keepAlive how long it may be unused, in nanoseconds
     */
    public void sweep(long now, long keepAlive) {
        forEachExchange(exchange -> exchange.sweep(now));
        if (running == 0) {
            if (now - idleSince > keepAlive) {
                retire();
                var _ = context.close();
            }
        } else if (heard) {
            heard = false;
            pinged = false;
            silentSince = now;
        } else if (!pinged && now - silentSince > SILENCE_NANOS) {
            pinged = true;
            silentSince = now;
            var _ = handler.encoder().writePing(context, false, PING, context.newPromise());
            frames.flush();
        } else if (pinged && now - silentSince > ANSWER_NANOS) {
            var _ = context.channel().close();
        }
    }

    /** Takes no more exchanges, and closes after the last one. */
    public void retire() {
        if (!retired) {
            retired = true;
            owner.retired(this);
            if (running == 0) {
                var _ = context.close();
            }
        }
    }

    private void forEachExchange(Consumer<Http2UpstreamStream> action) {
        try {
            streams.forEachActiveStream(stream -> {
                var exchange = exchange(stream);
                if (exchange != null) {
                    action.accept(exchange);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("an action that throws none has thrown", e);
        }
    }

    private @Nullable Http2UpstreamStream exchange(@Nullable Http2Stream stream) {
        return stream == null ? null : stream.getProperty(own);
    }

    /** What the endpoint sends. */
    private final class Frames extends Http2FrameAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext from,
                int streamId,
                Http2Headers section,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean last) {
            onHeadersRead(from, streamId, section, padding, last);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext from, int streamId, Http2Headers section, int padding, boolean last) {
            heard = true;
            var exchange = exchange(streams.stream(streamId));
            if (exchange != null) {
                exchange.headers(section, last);
            }
        }

        @Override
        public int onDataRead(ChannelHandlerContext from, int streamId, ByteBuf data, int padding, boolean last) {
            heard = true;
            var exchange = exchange(streams.stream(streamId));
            return exchange == null ? data.readableBytes() + padding : exchange.data(data, padding, last);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext from, int streamId, long error) {
            var exchange = exchange(streams.stream(streamId));
            if (exchange != null && error == Http2Error.REFUSED_STREAM.code()) {
                exchange.unseen();
            }
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext from, Http2Settings settings) {
            heard = true;
            var most = settings.maxConcurrentStreams();
            if (most != null) {
                allowed = Math.min(MOST_STREAMS, most);
                owner.allows(allowed);
            }
            if (hasRoom()) {
                owner.hasRoom(Http2UpstreamConnection.this);
            }
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext from, long data) {
            heard = true;
        }

        @Override
        public void onWindowUpdateRead(ChannelHandlerContext from, int streamId, int increment) {
            heard = true;
        }
    }

    /** How streams end. */
    private final class Ends extends Http2ConnectionAdapter {
        @Override
        public void onGoAwayReceived(int lastStreamId, long error, ByteBuf debug) {
            forEachExchange(exchange -> exchange.ifAfter(lastStreamId)); // RFC 9113 §6.8
            retire();
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            var exchange = exchange(stream);
            if (exchange != null) {
                exchange.closed();
                exchange.release();
            }
        }
    }

    private static final class CloseOnError extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
            var _ = failed.close();
        }
    }
}
