package dev.adit.downstream.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets the client read the last frames, GOAWAY above all: a socket that is closed before everything that came has been
 * read resets the connection, and takes from the client what it has not read yet.
 */
final class LingeringClose extends ChannelDuplexHandler {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    // What a client may have under way by its windows; one that sends more does not listen.
    private static final int MOST_BYTES = 1 << 20;

    private final Connection connection;
    private final Duration longest;
    private boolean closing;
    private int discarded;

    /** What is told how it ends. */
    interface Connection {
        /** Ends every stream of ours, before an error of the connection is handled. */
        void fails();

        /** Nothing can be written after this. */
        void ends();

        /** And no handler will do anything any more. */
        void hasGone();
    }

    LingeringClose(Connection connection) {
        this(connection, LONGEST);
    }

    LingeringClose(Connection connection, Duration longest) {
        this.connection = connection;
        this.longest = longest;
    }

    /** Whether the connection of a handler is about to end, and nothing of it is of use any more. */
    static boolean isClosing(ChannelHandlerContext context) {
        var close = context.pipeline().get(LingeringClose.class);
        return close != null && close.closing;
    }

    /** Ends our streams on the connection of a handler, if it has begun, before an error of it is handled. */
    static void fail(ChannelHandlerContext context) {
        var close = context.pipeline().get(LingeringClose.class);
        if (close != null) {
            close.connection.fails();
        }
    }

    /** Whatever the others do then, such as to decode what was left, comes first. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        context.fireChannelInactive();
        connection.hasGone();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!(context.channel() instanceof DuplexChannel channel) || !channel.isActive()) {
            var _ = context.close(promise);
            return;
        }
        if (closing) {
            var _ = channel.closeFuture().addListener(_ -> promise.trySuccess());
            return;
        }
        closing = true;
        channel.config().setAutoRead(true);
        var _ = channel.shutdownOutput().addListener(_ -> awaitEnd(context, promise));
    }

    private void awaitEnd(ChannelHandlerContext context, ChannelPromise promise) {
        Runnable close = () -> {
            var _ = context.close(promise);
        };
        var timer = context.executor().schedule(close, longest.toMillis(), TimeUnit.MILLISECONDS);
        // Else it would keep the connection of a client that has gone at once, of whom a flood brings thousands a
        // second.
        var _ = context.channel().closeFuture().addListener(_ -> {
            timer.cancel(false);
            promise.trySuccess();
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing) {
            discarded += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
            ReferenceCountUtil.release(message);
            if (discarded > MOST_BYTES) {
                var _ = context.close();
            }
        } else {
            context.fireChannelRead(message);
        }
    }
}
