package dev.adit.engine;

import dev.adit.overload.Output;
import dev.adit.wire.ResponseDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection to an endpoint, which carries one exchange at a time. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private final ResponseDecoder decoder;
    private final Set<UpstreamConnection> all;
    private @Nullable ChannelHandlerContext context;
    private @Nullable UpstreamPool pool;
    private @Nullable Exchange exchange;
    /** Whether it has been unused before, and so may have been closed by the endpoint at any time. */
    private boolean reused;

    private long idleSince = System.nanoTime();

    /**
     * @param all those of the event loop; this one is a member while it is open
     */
    UpstreamConnection(ResponseDecoder decoder, Set<UpstreamConnection> all) {
        this.decoder = decoder;
        this.all = all;
    }

    void pool(UpstreamPool pool) {
        this.pool = pool;
    }

    ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "not added to a pipeline yet");
    }

    boolean isUsable() {
        return context().channel().isActive();
    }

    @Nullable
    Exchange exchange() {
        return exchange;
    }

    /** When it was last given back, as of {@link System#nanoTime}. */
    long idleSince() {
        return idleSince;
    }

    void begin(Exchange begun, boolean head) {
        exchange = begun;
        decoder.expect(head);
    }

    /** The exchange is over; what comes next on this connection belongs to another. */
    void end(boolean reusable) {
        exchange = null;
        var owner = pool;
        if (reusable && isUsable() && decoder.isDrained() && isFlushed() && owner != null) {
            reused = true;
            idleSince = System.nanoTime();
            context().channel().config().setAutoRead(true);
            owner.release(this);
        } else {
            var _ = context().close();
        }
    }

    /**
     * The exchange is over before its time. By a reset: the endpoint hears at once that nobody wants its response, and the
     * port is free again, where an orderly close keeps it for a minute (RFC 9293 §3.6.1) and a client that asks and leaves
     * for as long as it likes uses up all there are towards one endpoint.
     */
    void abort() {
        exchange = null;
        var channel = context().channel();
        if (channel.isOpen()) {
            Output.resetOnClose(channel);
            var _ = context().close();
        }
    }

    private boolean isFlushed() {
        return Output.pendingBytes(context().channel()) == 0;
    }

    void reading(boolean on) {
        Channel channel = context().channel();
        if (channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        all.add(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        var current = exchange;
        if (current == null) {
            // A response that nobody asked for: whatever follows it cannot be told apart from the next one's.
            ReferenceCountUtil.release(message);
            var _ = from.close();
            return;
        }
        switch (message) {
            case HttpResponse response -> current.responseHead(response);
            case HttpContent content -> current.responseContent(content);
            default -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        var current = exchange;
        if (current != null) {
            current.flushResponse();
        } else if (!decoder.isDrained()) {
            var _ = from.close(); // the beginning of a response that nobody asked for
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        var current = exchange;
        if (current != null) {
            current.upstreamWritable(changed.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        all.remove(this);
        var current = exchange;
        exchange = null;
        if (pool != null) {
            pool.closed(this);
        }
        if (current != null) {
            current.upstreamClosed(reused);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        // Before the decoder takes the end of the connection for that of a body without a length.
        var current = exchange;
        exchange = null;
        if (current != null) {
            current.upstreamClosed(reused);
        }
        var _ = failed.close();
    }
}
