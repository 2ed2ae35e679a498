package dev.adit.proxy;

import dev.adit.engine.Engine;
import dev.adit.http.Client;
import dev.adit.http.TrustedPeers;
import dev.adit.http1.ClientHandler;
import dev.adit.http2.Arrivals;
import dev.adit.http2.StreamListener;
import dev.adit.routing.Hostname;
import dev.adit.tls.RequestedName;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;

/**
 * Takes over the connections that Vert.x accepts on one event loop, before they have brought a request. Vert.x's own
 * handler stays behind, for what the engine leaves to it.
 */
final class Intake implements Handler<HttpConnection> {
    private final Engine engine;
    private final int mostConnections;
    private final Arrivals arrivals;
    private int connections;

    /** For one event loop. */
    Intake(Engine engine, EventExecutor loop) {
        this.engine = engine;
        this.arrivals = new Arrivals(loop);
        var all = engine.limits().connections();
        var loops = Runtime.getRuntime().availableProcessors();
        this.mostConnections = Math.max(1, all / loops);
    }

    @Override
    public void handle(HttpConnection connection) {
        var context = ((ConnectionBase) connection).channelHandlerContext();
        var channel = context.channel();
        ArrivalDeadline.met(channel);
        var address = connection.remoteAddress();
        var text = address == null || address.hostAddress() == null ? "" : address.hostAddress();
        var client =
                Client.of(text, connection.isSsl(), trusted(channel), Client.identity(channel, engine.generation()));
        if (connection instanceof Http1xServerConnection) {
            ClientHandler.attach(channel.pipeline(), engine, client);
        } else {
            StreamListener.attach(context, engine, arrivals, client);
        }
    }

    /** Whoever sent a PROXY header without an address does not know the client, and vouches for none of its fields. */
    private TrustedPeers trusted(Channel channel) {
        var policy = engine.policy();
        return policy.proxyProtocol() && !ProxyHeader.namesClient(channel) ? TrustedPeers.NONE : policy.trusted();
    }

    /** Tells the handshake, which has not begun, for which host it is, and what that wants of its clients. */
    void prepare(Channel channel, String serverName) {
        var handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            return;
        }
        RequestedName.tell(handler.engine(), serverName);
        var demand = engine.generation().index().clientDemand(Hostname.normalize(serverName));
        if (demand != null) {
            if (demand.always()) {
                handler.engine().setNeedClientAuth(true);
            } else {
                handler.engine().setWantClientAuth(true);
            }
        }
    }

    /**
     * Judges a connection when it is accepted, by the address of its socket and before a byte is read; closes it if it may
     * not stay. One that stays counts until it is closed, whatever it is doing.
     */
    boolean accepts(Channel channel) {
        if (connections >= mostConnections || !mayConnect(channel)) {
            var _ = channel.close();
            return false;
        }
        connections++;
        channel.closeFuture().addListener(_ -> connections--);
        return true;
    }

    /** Whoever may say by a PROXY header who the client is has to be trusted with it. */
    private boolean mayConnect(Channel channel) {
        var policy = engine.policy();
        return !policy.proxyProtocol()
                || (channel.remoteAddress() instanceof InetSocketAddress peer
                        && policy.trusted().contains(peer.getAddress()));
    }
}
