package dev.adit.downstream.listener;

import dev.adit.balance.Balancer;
import dev.adit.exchange.ClientConnection;
import dev.adit.exchange.EventLoopContext;
import dev.adit.overload.Holding;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.upstream.Dial;
import dev.adit.upstream.http1.Splice;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connections whose TLS ends at the endpoint: their bytes pass, and nothing of them is looked at but the name. */
final class Passthrough {
    private static final int MAX_ATTEMPTS = 3;

    private final EventLoopContext loop;

    Passthrough(EventLoopContext loop) {
        this.loop = loop;
    }

    /** Takes the connection over, if its name is of a host that wants so. */
    boolean test(Channel client, Integer port, String serverName) {
        var name = Hostname.normalize(serverName);
        var forward = loop.generation().owning(name, port).passthrough(name);
        if (forward == null) {
            return false;
        }
        ArrivalDeadline.met(client);
        var counted = new Counted();
        loop.clients().add(counted);
        client.closeFuture().addListener(_ -> loop.clients().remove(counted));
        client.config().setAutoRead(false);
        client.pipeline().addLast(new Waiting());
        connect(client, forward, 1, null);
        return true;
    }

    private void connect(Channel client, Route.Action.Forward forward, int attempt, @Nullable Endpoint failed) {
        var endpoints = loop.generation().endpoints().of(forward.upstream());
        if (endpoints.isEmpty() || !client.isActive()) {
            var _ = client.close(); // there is no answer that the client would understand
            return;
        }
        var address = ProxyHeader.client(client).getHostAddress();
        var balancer = loop.balancer();
        var endpoint = balancer.choose(
                new Balancer.Question(forward.upstream(), forward.policy().balancing(), endpoints, address, failed));
        var target = new InetSocketAddress(InetAddress.ofLiteral(endpoint.address()), endpoint.port());
        Dial.connect(loop.bootstrap(new Splice(client, loop.memory(), ownerOf(client))), target, connected -> {
            if (connected.isSuccess()) {
                balancer.connected(endpoint);
                begin(client, connected.channel());
                return;
            }
            balancer.connectFailed(endpoint);
            if (attempt < Math.min(MAX_ATTEMPTS, endpoints.size())) {
                connect(client, forward, attempt + 1, endpoint);
            } else {
                var _ = client.close();
            }
        });
    }

    private static Owner ownerOf(Channel client) {
        return new Owner(ProxyHeader.client(client).getHostAddress(), client);
    }

    private static void begin(Channel client, Channel upstream) {
        var waiting = client.isActive() ? client.pipeline().get(Waiting.class) : null;
        if (waiting == null) {
            var _ = upstream.close(); // the client has not waited
        } else {
            waiting.begin(upstream);
        }
    }

    /** Its limits are those of whoever ends its TLS. */
    private static final class Counted implements ClientConnection {
        @Override
        public void sweep(long now) {}

        @Override
        public void drain() {}
    }

    /** Holds what the client has sent, until there is somewhere to send it. */
    private final class Waiting extends ChannelInboundHandlerAdapter implements MemoryBudget.Holder {
        private final Holding holding = loop.memory().holding(this);
        private @Nullable ByteBuf held;
        private @Nullable ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            held = (ByteBuf) message; // the hello, once: nothing more is read meanwhile
            holding.update();
        }

        @Override
        public long held() {
            return held == null ? 0 : held.readableBytes();
        }

        @Override
        public Owner owner() {
            return ownerOf(Objects.requireNonNull(context).channel());
        }

        @Override
        public void giveWay() {
            var _ = Objects.requireNonNull(context).close();
        }

        void begin(Channel upstream) {
            var client = context;
            if (client == null) {
                return;
            }
            holding.close();
            client.pipeline().replace(this, "splice", new Splice(upstream, loop.memory(), ownerOf(client.channel())));
            if (held != null) {
                var _ = upstream.writeAndFlush(held);
                held = null;
            }
            client.channel().config().setAutoRead(true);
        }

        @Override
        public void channelInactive(ChannelHandlerContext gone) {
            holding.close();
            ReferenceCountUtil.release(held);
            held = null;
        }
    }
}
