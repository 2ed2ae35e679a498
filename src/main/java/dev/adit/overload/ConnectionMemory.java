package dev.adit.overload;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a connection holds: what its peer does not read, and what has come of it in part. It has to be the first of
 * the pipeline.
 */
public final class ConnectionMemory extends ChannelDuplexHandler implements MemoryBudget.Holder {
    private final Holding holding;
    private final Supplier<Owner> owner;
    private final IntSupplier input;
    private final Runnable flushed;
    private @Nullable ChannelHandlerContext context;

    /**
     * For one connection.
     *
     * @param owner the client because of which the bytes are there
     * @param input how many bytes have come that cannot be passed on before more have
     * @param flushed runs after each flush
     */
    public ConnectionMemory(MemoryBudget budget, Supplier<Owner> owner, IntSupplier input, Runnable flushed) {
        this.holding = budget.holding(this);
        this.owner = owner;
        this.input = input;
        this.flushed = flushed;
    }

    /** For a connection whose input waits for nothing. */
    public ConnectionMemory(MemoryBudget budget, Supplier<Owner> owner) {
        this(budget, owner, () -> 0, () -> {});
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        var _ = added.channel().closeFuture().addListener(_ -> holding.close());
    }

    @Override
    public void flush(ChannelHandlerContext from) {
        from.flush();
        holding.update();
        flushed.run();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        from.fireChannelReadComplete();
        holding.update();
    }

    @Override
    public long held() {
        return Output.pendingBytes(channel()) + input.getAsInt();
    }

    @Override
    public Owner owner() {
        return owner.get();
    }

    @Override
    public void giveWay() {
        Output.resetOnClose(channel());
        var _ = Objects.requireNonNull(context).close();
    }

    private Channel channel() {
        return Objects.requireNonNull(context, "not added to a pipeline yet").channel();
    }
}
