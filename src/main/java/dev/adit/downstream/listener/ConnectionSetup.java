package dev.adit.downstream.listener;

import dev.adit.downstream.http1.Http1ClientConnection;
import dev.adit.downstream.http2.Http2ClientConnection;
import dev.adit.downstream.http2.StartQueue;
import dev.adit.exchange.EventLoopContext;
import dev.adit.http.Client;
import dev.adit.http.TrustedPeers;
import dev.adit.observe.HandshakeCounts;
import dev.adit.routing.Hostname;
import dev.adit.tls.Handshake;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes over the connections that Vert.x accepts on one event loop, before they have brought a request.
 */
final class ConnectionSetup {
    private final EventLoopContext loop;
    private final int mostConnections;
    private final StartQueue arrivals;
    // Written by this event loop alone.
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong accepted = new AtomicLong();
    private final HandshakeCounts handshakes = new HandshakeCounts();

    /** For one event loop. */
    ConnectionSetup(EventLoopContext loop, EventExecutor executor) {
        this.loop = loop;
        this.arrivals = new StartQueue(executor);
        var all = loop.limits().connections();
        var loops = Runtime.getRuntime().availableProcessors();
        this.mostConnections = Math.max(1, all / loops);
    }

    /**
     * Serves what comes in by a connection.
     *
     * @param port to which it came, as the routing table names it
     */
    void handle(HttpConnection connection, Integer port) {
        var context = ((ConnectionBase) connection).channelHandlerContext();
        var channel = context.channel();
        ArrivalDeadline.met(channel);
        var address = connection.remoteAddress();
        var text = address == null || address.hostAddress() == null ? "" : address.hostAddress();
        var client = Client.of(
                text,
                connection.isSsl(),
                port,
                Client.serverName(channel, port),
                trusted(channel),
                Client.identity(channel, loop.generation(), port));
        if (connection instanceof Http1xServerConnection) {
            Http1ClientConnection.attach(channel.pipeline(), loop, client);
        } else {
            Http2ClientConnection.attach(context, loop, arrivals, client);
        }
    }

    /** Those that there are; from any thread. */
    int connections() {
        return connections.getAcquire();
    }

    /** Those that were refused by their address or number are not among them. */
    long acceptedConnections() {
        return accepted.getAcquire();
    }

    /** Those that have not ended; from any thread. */
    int activeRequests() {
        return loop.activeExchanges();
    }

    HandshakeCounts handshakes() {
        return handshakes;
    }

    /** Has the end of a handshake counted. */
    SslHandler counted(SslHandler handler) {
        handler.handshakeFuture()
                .addListener(done -> handshakes.ended(
                        done.isSuccess() ? handler.engine().getSession().getProtocol() : HandshakeCounts.FAILED));
        return handler;
    }

    /** Whether a Gateway has a listener on a port. */
    boolean hasGateways(Integer port) {
        return loop.generation().table().ports().containsKey(port);
    }

    /** Whoever sent a PROXY header without an address does not know the client, and vouches for none of its fields. */
    private TrustedPeers trusted(Channel channel) {
        var policy = loop.policy();
        return policy.proxyProtocol() && !ProxyHeader.namesClient(channel) ? TrustedPeers.NONE : policy.trusted();
    }

    /** What a handshake, which has not begun, is for, and what that host wants of its clients. */
    Handshake handshake(Integer port, String serverName, ClientHello hello) {
        var name = Hostname.normalize(serverName);
        var demand = loop.generation().owning(name, port).clientDemand(name);
        return new Handshake(
                port,
                serverName,
                hello.keys(),
                Optional.ofNullable(demand)
                        .map(asked -> new Handshake.Demand(asked.host(), asked.always(), asked.certificates())));
    }

    /**
     * Judges a connection when it is accepted, by the address of its socket and before a byte is read; closes it if it may
     * not stay. One that stays counts until it is closed, whatever it is doing.
     */
    boolean accepts(Channel channel) {
        if (connections.getPlain() >= mostConnections || !mayConnect(channel)) {
            var _ = channel.close();
            return false;
        }
        connections.setRelease(connections.getPlain() + 1);
        accepted.setRelease(accepted.getPlain() + 1);
        channel.closeFuture().addListener(_ -> connections.setRelease(connections.getPlain() - 1));
        return true;
    }

    /** Whoever may say by a PROXY header who the client is has to be trusted with it. */
    private boolean mayConnect(Channel channel) {
        var policy = loop.policy();
        return !policy.proxyProtocol()
                || (channel.remoteAddress() instanceof InetSocketAddress peer
                        && policy.trusted().contains(peer.getAddress()));
    }
}
