package dev.adit.upstream.http1;

import dev.adit.overload.Holding;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Output;
import dev.adit.overload.Owner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One direction of two connections that are one: what comes goes to the other, as fast as that takes it. */
public final class Splice extends ChannelInboundHandlerAdapter implements MemoryBudget.Holder {
    // With the output of one direction ended, and nothing said in the other one.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Channel other;
    private final @Nullable Holding holding;
    private final @Nullable Owner owner;
    private long passed;

    /**
     * From where this handler is added to the other connection.
     *
     * @param budget for what the other connection does not take
     * @param owner the client, at whichever end it is
     */
    public Splice(Channel other, MemoryBudget budget, Owner owner) {
        this.other = other;
        this.holding = budget.holding(this);
        this.owner = owner;
    }

    /** To a connection that counts by itself what it does not take. */
    public Splice(Channel other) {
        this.other = other;
        this.holding = null;
        this.owner = null;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        var counted = holding;
        if (counted != null) {
            var _ = other.closeFuture().addListener(_ -> counted.close());
        }
    }

    /** How many bytes have come. */
    public long passed() {
        return passed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        passed += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        var _ = other.write(message, other.voidPromise());
        if (!other.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
        if (holding != null) {
            holding.update();
        }
    }

    @Override
    public long held() {
        return Output.pendingBytes(other);
    }

    @Override
    public Owner owner() {
        return Objects.requireNonNull(owner, "nothing is held for anybody");
    }

    /** The other end hears of it by the splice there. */
    @Override
    public void giveWay() {
        Output.resetOnClose(other);
        var _ = other.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        other.config().setAutoRead(context.channel().isWritable());
    }

    /** One side has ended its output: the other side is told so after everything that was sent before. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end(context.channel());
        } else if (event instanceof SslCloseCompletionEvent) {
            close(other); // TLS as it is ended here is closed for both directions at once (RFC 5246 §7.2.1)
        }
        context.fireUserEventTriggered(event);
    }

    /** No more comes from the connection that this handler is of. */
    public void end(Channel own) {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (isOpenForAnswers()) {
                var _ = ((DuplexChannel) other).shutdownOutput();
                closeIfStill(own, answered());
            } else {
                var _ = other.close();
                close(own);
            }
        });
    }

    /** Once it has had everything. */
    private static void close(Channel channel) {
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Whoever has heard the end, and says nothing more, may never end it. */
    private void closeIfStill(Channel own, long before) {
        var look = own.eventLoop()
                .schedule(
                        () -> {
                            var now = answered();
                            if (now != before) {
                                closeIfStill(own, now);
                                return;
                            }
                            var _ = other.close();
                            var _ = own.close();
                        },
                        PATIENCE.toSeconds(),
                        TimeUnit.SECONDS);
        var _ = own.closeFuture().addListener(_ -> look.cancel(false));
    }

    /** How many bytes have come from the other connection. */
    private long answered() {
        var back = other.pipeline().get(Splice.class);
        return back == null ? 0 : back.passed;
    }

    private boolean isOpenForAnswers() {
        return other instanceof DuplexChannel duplex
                && !duplex.isInputShutdown()
                && Boolean.TRUE.equals(other.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        close(other);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
