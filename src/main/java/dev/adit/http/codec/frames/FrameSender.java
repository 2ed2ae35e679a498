package dev.adit.http.codec.frames;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import io.netty.handler.codec.http2.Http2Stream;

/** What leaves on one connection. */
public final class FrameSender {
    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext context;
    private final Http2LifecycleManager errors;
    private boolean flushing;

    /**
     * Sends by the handler of a connection.
     *
     * @param errors who is told of an error of the connection
     */
    public FrameSender(Http2ConnectionHandler handler, ChannelHandlerContext context, Http2LifecycleManager errors) {
        this.errors = errors;
        this.handler = handler;
        this.context = context;
    }

    ChannelFuture write(Http2Stream stream, Http2Headers section, boolean last) {
        return handler.encoder().writeHeaders(context, stream.id(), section, 0, last, context.newPromise());
    }

    ChannelFuture write(Http2Stream stream, ByteBuf data, boolean last) {
        return handler.encoder().writeData(context, stream.id(), data, 0, last, context.newPromise());
    }

    /** Whether the client would take something of the stream at once. */
    boolean isWritable(Http2Stream stream) {
        return handler.encoder().flowController().isWritable(stream);
    }

    /** Ends a stream before its time. */
    public void reset(Http2Stream stream, Http2Error error) {
        var _ = handler.resetStream(context, stream.id(), error.code(), context.newPromise());
        flush();
    }

    /**
     * As soon as what has come has been read.
     *
     * @param lastStream the last one that is served
     */
    public void goAway(int lastStream, Http2Error error) {
        var _ = handler.goAway(context, lastStream, error.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
        handler.flush(context);
    }

    /** Lets the client send that many bytes more. */
    public void consume(Http2Stream stream, int bytes) {
        try {
            if (handler.decoder().flowController().consumeBytes(stream, bytes)) {
                flush();
            }
        } catch (Http2Exception e) {
            errors.onError(context, true, e);
        }
    }

    /** Once for all the streams that have something to send at this moment: their frames leave in as few writes. */
    public void flush() {
        if (!flushing) {
            flushing = true;
            context.executor().execute(this::flushNow);
        }
    }

    private void flushNow() {
        flushing = false;
        handler.flush(context);
    }
}
