package dev.adit.upstream.http1;

import dev.adit.exchange.Upstream;
import dev.adit.http.Client;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.Codecs;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.RequestDecoder;
import dev.adit.http.codec.ResponseDecoder;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Output;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection of HTTP/1 to an endpoint, which carries one exchange at a time. */
public final class Http1UpstreamConnection extends ChannelInboundHandlerAdapter implements Upstream {
    private final Codecs codecs;
    private final ResponseDecoder decoder;
    private final ChannelHandlerContext context;
    private final Owner owner;
    private @Nullable Events exchange;
    private boolean chunked;
    /** Whether it has been unused before, and so may have been closed by the endpoint at any time. */
    private boolean reused;

    private boolean isLast;

    private long idleSince = System.nanoTime();

    /** Who hands out the connection. */
    public interface Owner {
        /** It can carry another exchange. */
        void idle(Http1UpstreamConnection connection);

        /** It has ended; told once. */
        void closed(Http1UpstreamConnection connection);
    }

    /** Speaks HTTP/1 on a connection that stands, from now on. */
    public Http1UpstreamConnection(Channel channel, Owner owner, ResponseDecoder decoder, Codecs codecs) {
        this.codecs = codecs;
        this.owner = owner;
        this.decoder = decoder;
        channel.pipeline().addLast(decoder, this);
        this.context = channel.pipeline().context(this);
    }

    public boolean isUsable() {
        return context.channel().isActive();
    }

    /** Begins an exchange; only where none is running. */
    public Upstream begin(Events events) {
        exchange = events;
        return this;
    }

    /** Ends an exchange that takes too long, and the connection where it has been unused for that long. */
    public void sweep(long now, long keepAlive) {
        if (exchange != null) {
            exchange.sweep(now);
        } else if (!isTunnel() && now - idleSince > keepAlive) {
            var _ = context.close();
        }
    }

    @Override
    public boolean head(HttpRequest request, RequestHead head, Framing framing, Client client) {
        if (!codecs.requests().write(request, head, framing, client)) {
            return false;
        }
        chunked = framing.is(Framing.Kind.CHUNKED);
        // RFC 9112 §9.6: a client that has sent close must not send another request on the connection.
        isLast = head.manner().connection().equals("close");
        decoder.expect(request.method().equals(HttpMethod.HEAD));
        var _ = context.write(codecs.scratch().copy(context.alloc()), context.voidPromise());
        return true;
    }

    @Override
    public void content(HttpContent part) {
        codecs.bodies().write(context, part, chunked, true);
    }

    @Override
    public void flush() {
        context.flush();
    }

    @Override
    public boolean isWritable() {
        return context.channel().isWritable();
    }

    @Override
    public long unsent() {
        return Output.pendingBytes(context.channel());
    }

    @Override
    public void reading(boolean on) {
        var config = context.channel().config();
        if (config.isAutoRead() != on) {
            config.setAutoRead(on);
        }
    }

    @Override
    public void end(boolean whole) {
        exchange = null;
        if (whole && !isLast && isUsable() && decoder.isDrained() && isFlushed()) {
            reused = true;
            idleSince = System.nanoTime();
            reading(true);
            owner.idle(this);
        } else {
            var _ = context.close();
        }
    }

    /**
     * By a reset: the port is free again, where an orderly close keeps it for a minute (RFC 9293 §3.6.1) and a client that
     * asks and leaves for as long as it likes uses up all there are towards one endpoint.
     */
    @Override
    public void abort() {
        exchange = null;
        var channel = context.channel();
        if (channel.isOpen()) {
            Output.resetOnClose(channel);
            var _ = context.close();
        }
    }

    @Override
    public void join(ChannelHandlerContext client, MemoryBudget memory, dev.adit.overload.Owner whose) {
        var told = exchange;
        exchange = null;
        var channel = context.channel();
        var there = new Splice(channel, memory, whose);
        var back = new Splice(client.channel());
        client.pipeline().addAfter(client.name(), null, there);
        channel.pipeline().addLast(back);
        if (told != null) {
            onceBothAreClosed(client.channel(), channel, () -> told.tunnelEnded(there.passed(), back.passed()));
        }
        // They pass on what has come behind the heads.
        client.pipeline().remove(RequestDecoder.class);
        channel.pipeline().remove(decoder);
        reading(true);
    }

    private static void onceBothAreClosed(Channel one, Channel other, Runnable action) {
        var _ = one.closeFuture().addListener(_ -> other.closeFuture().addListener(_ -> action.run()));
    }

    private boolean isFlushed() {
        return unsent() == 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        var current = exchange;
        switch (message) {
            case HttpResponse response when current != null -> current.head(response, false);
            case HttpContent content when current != null -> current.content(content);
            case ByteBuf bytes when isTunnel() -> from.fireChannelRead(bytes);
            default -> {
                ReferenceCountUtil.release(message);
                if (!isTunnel()) { // else it is the end of the head that has switched
                    // A response that nobody asked for: whatever follows it cannot be told apart from the next one's.
                    var _ = from.close();
                }
            }
        }
    }

    private boolean isTunnel() {
        return context.pipeline().get(Splice.class) != null;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        var current = exchange;
        if (current != null) {
            current.readComplete();
        } else if (isTunnel()) {
            from.fireChannelReadComplete();
        } else if (!decoder.isDrained()) {
            var _ = from.close(); // the beginning of a response that nobody asked for
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        var current = exchange;
        if (current != null) {
            current.writable(changed.channel().isWritable());
        } else {
            changed.fireChannelWritabilityChanged();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            var _ = from.close(); // close_notify ends what is sent, as a FIN does; some servers wait for ours
            // before theirs
        } else {
            from.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        owner.closed(this);
        closed();
        inactive.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        // Before the decoder takes the end of the connection for that of a body without a length.
        closed();
        var _ = failed.close();
    }

    private void closed() {
        var current = exchange;
        exchange = null;
        if (current != null) {
            current.closed(reused ? Closed.MAYBE_UNSEEN : Closed.SEEN);
        }
    }
}
