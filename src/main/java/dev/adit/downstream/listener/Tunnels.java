package dev.adit.downstream.listener;

import dev.adit.balance.Balancer;
import dev.adit.exchange.ClientConnection;
import dev.adit.exchange.EventLoopContext;
import dev.adit.http.Decision;
import dev.adit.overload.Holding;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.upstream.Dial;
import dev.adit.upstream.http1.Splice;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Connections whose bytes pass: nothing of them is looked at but the name that their handshake asks for, if there is one. */
final class Tunnels {
    private static final int MAX_ATTEMPTS = 3;

    private final EventLoopContext loop;

    Tunnels(EventLoopContext loop) {
        this.loop = loop;
    }

    /** That of a host; null where its requests are read. */
    Passage.@Nullable Way of(Integer port, String serverName) {
        var name = Hostname.normalize(serverName);
        if (name.isEmpty() && RoutingTable.isShared(port)) {
            return null; // of Ingresses, too, which may have what its requests ask for
        }
        var owners = loop.generation().owning(name, port);
        var tunnel = owners.tunnel(name);
        var host = tunnel == null ? null : owners.owning(name);
        return tunnel == null || host == null ? null : new Passage.Way(tunnel, host);
    }

    /** Takes a connection of TCP over, of which nothing has been read. */
    void begin(Channel client, Integer port) {
        var way = of(port, "");
        if (way == null) {
            var _ = client.close();
        } else {
            begin(client, way);
        }
    }

    /** Takes a connection over whose first bytes are read again from here. */
    void begin(Channel client, Passage.Way way) {
        count(client);
        // Whoever has said all may still wait for the answer.
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        var waiting = new Waiting();
        client.pipeline().addLast(waiting);
        waiting.connect(client, way);
    }

    /** Takes a connection over once its handshake is done, which is before this in the pipeline. */
    void beginAfterTls(Channel client, Passage.Way way) {
        count(client);
        client.pipeline().addLast(new Waiting() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                    connect(client, way);
                }
                context.fireUserEventTriggered(event);
            }
        });
    }

    private void count(Channel client) {
        var counted = new Counted();
        loop.clients().add(counted);
        client.closeFuture().addListener(_ -> loop.clients().remove(counted));
    }

    private void dial(
            Channel client, Passage passage, Decision.Forward forward, int attempt, @Nullable Endpoint failed) {
        var endpoints = forward.endpoints();
        var address = ProxyHeader.client(client).getHostAddress();
        var balancer = loop.balancer();
        var endpoint = balancer.choose(
                new Balancer.Question(forward.upstream(), forward.policy().balancing(), endpoints, address, failed));
        var target = new InetSocketAddress(InetAddress.ofLiteral(endpoint.address()), endpoint.port());
        var back = new Splice(client, loop.memory(), ownerOf(client));
        passage.tries(endpoint, back);
        var bootstrap = loop.bootstrap(back).option(ChannelOption.ALLOW_HALF_CLOSURE, true);
        Dial.connect(bootstrap, target, connected -> {
            if (connected.isSuccess()) {
                balancer.connected(endpoint);
                begin(client, passage, connected.channel());
                return;
            }
            balancer.connectFailed(endpoint);
            if (attempt < Math.min(MAX_ATTEMPTS, endpoints.size()) && client.isActive()) {
                dial(client, passage, forward, attempt + 1, endpoint);
            } else {
                fail(client, passage);
            }
        });
    }

    private static void fail(Channel client, Passage passage) {
        if (client.isActive()) {
            passage.fails();
        }
        var _ = client.close(); // there is no answer that it would understand
    }

    private static Owner ownerOf(Channel client) {
        return new Owner(ProxyHeader.client(client).getHostAddress(), client);
    }

    private static void begin(Channel client, Passage passage, Channel upstream) {
        var waiting = client.isActive() ? client.pipeline().get(Waiting.class) : null;
        if (waiting == null) {
            var _ = upstream.close(); // the client has not waited
        } else {
            waiting.begin(passage, upstream);
        }
    }

    /** The client and the endpoint set their own time limits: nothing of their protocol is known here. */
    private static final class Counted implements ClientConnection {
        @Override
        public void sweep(long now) {}

        @Override
        public void drain() {}
    }

    /** Holds what the client has sent, until there is somewhere to send it. */
    private class Waiting extends ChannelInboundHandlerAdapter implements MemoryBudget.Holder {
        private final Holding holding = loop.memory().holding(this);
        private final Queue<ByteBuf> held = new ArrayDeque<>(1);
        private @Nullable ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        void connect(Channel client, Passage.Way way) {
            ArrivalDeadline.met(client);
            client.config().setAutoRead(false);
            var passage = new Passage(way, ProxyHeader.client(client).getHostAddress());
            passage.whenOver(client, loop::ended);
            if (client.isActive() && Decision.of(loop.generation(), way.tunnel()) instanceof Decision.Forward forward) {
                passage.meantFor(forward.upstream());
                dial(client, passage, forward, 1, null);
            } else {
                fail(client, passage);
            }
        }

        /** What has been read already: the hello, or what came with the end of the handshake. No more is read meanwhile. */
        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            held.add((ByteBuf) message);
            holding.update();
        }

        @Override
        public long held() {
            return held.stream().mapToLong(ByteBuf::readableBytes).sum();
        }

        @Override
        public Owner owner() {
            return ownerOf(Objects.requireNonNull(context).channel());
        }

        @Override
        public void giveWay() {
            var _ = Objects.requireNonNull(context).close();
        }

        void begin(Passage passage, Channel upstream) {
            var client = context;
            if (client == null) {
                return;
            }
            holding.close();
            var splice = new Splice(upstream, loop.memory(), ownerOf(client.channel()));
            client.pipeline().replace(this, "splice", splice);
            passage.begins(upstream, held(), splice);
            for (var bytes = held.poll(); bytes != null; bytes = held.poll()) {
                var _ = upstream.write(bytes);
            }
            upstream.flush();
            if (client.channel() instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
                splice.end(client.channel());
            }
            client.channel().config().setAutoRead(true);
        }

        /** Such as a handshake that fails. */
        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
            var _ = from.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext gone) {
            holding.close();
            held.forEach(ReferenceCountUtil::release);
            held.clear();
        }
    }
}
