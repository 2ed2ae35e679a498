package dev.adit.downstream.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.function.Consumer;

/**
 * Ends our streams before an error of their connection is handled, such as a client that has gone while something was
 * written to it: Vert.x tells all streams of it then, and fails over those that are none of its own
 * (Http2ConnectionBase.onConnectionError).
 */
final class ErrorGuard implements Http2LifecycleManager {
    private final Http2ConnectionHandler manager;
    private final Http2Connection.PropertyKey own;

    /**
     * For one connection.
     *
     * @param own what our streams have
     */
    ErrorGuard(Http2ConnectionHandler manager, Http2Connection.PropertyKey own) {
        this.manager = manager;
        this.own = own;
    }

    void endStreams() {
        forEachStream(stream -> {
            if (stream.getProperty(own) != null) {
                stream.close();
            }
        });
    }

    void forEachStream(Consumer<Http2Stream> action) {
        try {
            manager.connection().forEachActiveStream(stream -> {
                action.accept(stream);
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("an action that throws none has thrown", e);
        }
    }

    @Override
    public void onError(ChannelHandlerContext context, boolean outbound, Throwable cause) {
        if (!Http2Exception.isStreamError(Http2CodecUtil.getEmbeddedHttp2Exception(cause))) {
            endStreams();
        }
        manager.onError(context, outbound, cause);
    }

    @Override
    public void closeStreamLocal(Http2Stream stream, ChannelFuture future) {
        manager.closeStreamLocal(stream, future);
    }

    @Override
    public void closeStreamRemote(Http2Stream stream, ChannelFuture future) {
        manager.closeStreamRemote(stream, future);
    }

    @Override
    public void closeStream(Http2Stream stream, ChannelFuture future) {
        manager.closeStream(stream, future);
    }

    @Override
    public ChannelFuture resetStream(
            ChannelHandlerContext context, int streamId, long errorCode, ChannelPromise promise) {
        return manager.resetStream(context, streamId, errorCode, promise);
    }

    @Override
    public ChannelFuture goAway(
            ChannelHandlerContext context, int lastStreamId, long errorCode, ByteBuf debug, ChannelPromise promise) {
        return manager.goAway(context, lastStreamId, errorCode, debug, promise);
    }
}
