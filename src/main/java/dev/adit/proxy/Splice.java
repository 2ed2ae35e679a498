package dev.adit.proxy;

import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Output;
import dev.adit.overload.Owner;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One direction of two connections that are one: what comes goes to the other, as fast as that takes it. */
final class Splice extends ChannelInboundHandlerAdapter implements MemoryBudget.Holder {
    private final Channel other;
    private final MemoryBudget budget;
    private final Owner owner;
    private boolean isHolding;

    /**
     * From where this handler is added to the other connection.
     *
     * @param owner the client, at whichever end it is
     */
    Splice(Channel other, MemoryBudget budget, Owner owner) {
        this.other = other;
        this.budget = budget;
        this.owner = owner;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        var _ = other.closeFuture().addListener(_ -> budget.release(this));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var _ = other.write(message, other.voidPromise());
        if (!other.isWritable()) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
        var bytes = held();
        if (bytes > 0 || isHolding) {
            isHolding = bytes > 0;
            budget.hold(this, bytes);
        }
    }

    @Override
    public long held() {
        return Output.pendingBytes(other);
    }

    @Override
    public Owner owner() {
        return owner;
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

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var _ = other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
