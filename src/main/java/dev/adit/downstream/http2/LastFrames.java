package dev.adit.downstream.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Stands before the handler of the frames: what is said last has to be said before TLS ends. */
final class LastFrames extends ChannelOutboundHandlerAdapter {
    private final LingeringClose.Connection connection;

    LastFrames(LingeringClose.Connection connection) {
        this.connection = connection;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        connection.ends();
        var _ = context.close(promise);
    }
}
