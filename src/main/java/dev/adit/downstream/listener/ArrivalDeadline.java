package dev.adit.downstream.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that does not become HTTP in time. Without it, a client that stops between two of the steps before
 * (PROXY header, TLS hello, handshake, HTTP/2 preface, SETTINGS) would hold its place for ever.
 */
final class ArrivalDeadline extends ChannelHandlerAdapter {
    private final Duration limit;
    private @Nullable Future<?> timer;

    ArrivalDeadline(Duration limit) {
        this.limit = limit;
    }

    /** Ends the deadline of a connection, if it has one: it is HTTP now, or passed through, and has limits of its own. */
    static void met(Channel channel) {
        var deadline = channel.pipeline().get(ArrivalDeadline.class);
        if (deadline != null) {
            channel.pipeline().remove(deadline);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Runnable close = () -> {
            var _ = context.close();
        };
        timer = context.executor().schedule(close, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
