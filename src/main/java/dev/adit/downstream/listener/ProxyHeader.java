package dev.adit.downstream.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the client's address from the decoded PROXY header of a connection (v1 or v2). If the header is malformed or
 * late, the connection is closed and nothing behind the header is read: the handlers that could read it are added only
 * after a valid header.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
    private final Duration limit;
    private final Runnable next;
    private @Nullable Future<?> timer;
    private boolean refused;

    /**
     * Waits for one header.
     *
     * @param limit the time for the whole of it
     * @param next prepares the connection for what follows the header
     */
    ProxyHeader(Duration limit, Runnable next) {
        this.limit = limit;
        this.next = next;
    }

    /** Whether a PROXY header has said who the client is. */
    static boolean namesClient(Channel channel) {
        return channel.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).get() != null;
    }

    /** The address of the client at the other end: the PROXY header's, or else the socket's. */
    static InetAddress client(Channel channel) {
        var named = channel.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).get();
        return named == null
                ? ((InetSocketAddress) channel.remoteAddress()).getAddress()
                : InetAddress.ofLiteral(named.hostAddress());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor().schedule(() -> refuse(context), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!refused && message instanceof HAProxyMessage header && take(context.channel(), header)) {
                context.pipeline().remove(this);
                next.run();
                return;
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        refuse(context);
    }

    /** The decoder found no valid header. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse(context);
    }

    private void refuse(ChannelHandlerContext context) {
        refused = true; // the decoder goes on with what it holds when the connection ends
        var _ = context.close();
    }

    /**
     * False for a datagram, which HTTP here cannot be. Without an IP address (LOCAL, UNSPEC, a UNIX socket) the client is
     * the peer itself.
     */
    private static boolean take(Channel channel, HAProxyMessage header) {
        var protocol = header.proxiedProtocol();
        if (protocol.transportProtocol() == TransportProtocol.DGRAM) {
            return false;
        }
        var source = header.sourceAddress();
        if (source == null || protocol.addressFamily() == AddressFamily.AF_UNIX) {
            return true;
        }
        try {
            var address = new InetSocketAddress(InetAddress.ofLiteral(source), header.sourcePort());
            channel.attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).set(SocketAddress.inetSocketAddress(address));
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
