package dev.adit.http1;

import dev.adit.balance.Balancer;
import dev.adit.extension.Interceptors;
import dev.adit.http.Client;
import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.ProxyError;
import dev.adit.http1.wire.BodyWriter;
import dev.adit.http1.wire.HeadBuffer;
import dev.adit.http1.wire.RequestDecoder;
import dev.adit.http1.wire.RequestWriter;
import dev.adit.http1.wire.ResponseDecoder;
import dev.adit.http1.wire.ResponseWriter;
import dev.adit.match.Generation;
import dev.adit.meter.LoopMeters;
import dev.adit.routing.Endpoint;
import dev.adit.upstream.UpstreamTimeouts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The HTTP/1 engine of one event loop: takes over the pipelines of Vert.x's connections, and forwards their requests
 * between Netty's decoders and sockets, on the same loop.
 */
public final class Engine {
    private static final long MAX_SWEEP_MILLIS = 1_000;

    private final Supplier<Generation> live;
    private final UpstreamTimeouts timeouts;
    private final ClientPolicy policy;
    private final int maxClients;
    private final LoopMeters meters;
    private final Interceptors interceptors;
    private final Balancer balancer;
    private final HttpDecoderConfig decoding;
    private final Bootstrap bootstrap;
    private final Map<Endpoint, UpstreamPool> pools = new HashMap<>();
    private final Set<UpstreamConnection> connections = new HashSet<>();
    private final Set<ClientHandler> clients = new HashSet<>();
    private final HeadBuffer scratch = new HeadBuffer();
    private final RequestWriter requests = new RequestWriter(scratch);
    private final ResponseWriter responses = new ResponseWriter(scratch);
    private final BodyWriter bodies = new BodyWriter(scratch);
    private int others;

    /** To be made on the event loop that it serves. */
    public Engine(
            Vertx vertx,
            Supplier<Generation> live,
            UpstreamTimeouts timeouts,
            ClientPolicy policy,
            Interceptors interceptors,
            Balancer balancer,
            LoopMeters meters) {
        this.live = live;
        this.timeouts = timeouts;
        this.policy = policy;
        this.interceptors = interceptors;
        this.balancer = balancer;
        this.maxClients =
                Math.max(1, policy.limits().connections() / Runtime.getRuntime().availableProcessors());
        this.meters = meters;
        this.decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(policy.limits().targetBytes())
                .setMaxHeaderSize(policy.limits().fieldBytes())
                .setHeadersFactory(new Unvalidated());
        var loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(((VertxInternal) vertx).transport().channelFactory(false))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        timeouts.connect().toMillis())
                .handler(new UpstreamInitializer());
        var shortest =
                Math.min(timeouts.response().toMillis(), policy.limits().head().toMillis());
        var sweep = Math.clamp(shortest / 4, 10, MAX_SWEEP_MILLIS);
        vertx.setPeriodic(sweep, _ -> sweep());
    }

    /** Serves the connection's requests from now on, unless it is one of HTTP/2; to be called before it has read any. */
    public void attach(HttpConnection connection) {
        var channel = ((ConnectionBase) connection).channelHandlerContext().channel();
        if (clients.size() + others >= maxClients || !mayConnect(channel)) {
            var _ = channel.close();
            return;
        }
        if (!(connection instanceof Http1xServerConnection)) {
            // One of HTTP/2, which this engine does not serve, takes its place among the connections all the same.
            others++;
            connection.closeHandler(_ -> others--);
            return;
        }
        var address = connection.remoteAddress();
        var text = address == null || address.hostAddress() == null ? "" : address.hostAddress();
        var client = Client.of(text, connection.isSsl(), policy.trusted());
        channel.pipeline().replace("httpDecoder", "httpDecoder", new RequestDecoder(decoding));
        channel.pipeline().addBefore("handler", "adit", new ClientHandler(this, client));
    }

    /** Whoever may say by a PROXY header who the client is has to be trusted with it. */
    private boolean mayConnect(Channel channel) {
        return !policy.proxyProtocol()
                || (channel.remoteAddress() instanceof InetSocketAddress peer
                        && policy.trusted().contains(peer.getAddress()));
    }

    Generation generation() {
        return live.get();
    }

    Interceptors interceptors() {
        return interceptors;
    }

    Limits limits() {
        return policy.limits();
    }

    UpstreamTimeouts timeouts() {
        return timeouts;
    }

    LoopMeters meters() {
        return meters;
    }

    Balancer balancer() {
        return balancer;
    }

    HeadBuffer scratch() {
        return scratch;
    }

    RequestWriter requests() {
        return requests;
    }

    ResponseWriter responses() {
        return responses;
    }

    BodyWriter bodies() {
        return bodies;
    }

    Set<ClientHandler> clients() {
        return clients;
    }

    UpstreamPool pool(Endpoint endpoint) {
        return pools.computeIfAbsent(endpoint, absent -> new UpstreamPool(bootstrap, absent, balancer));
    }

    private void sweep() {
        var now = System.nanoTime();
        for (var connection : List.copyOf(connections)) {
            var exchange = connection.exchange();
            if (exchange == null) {
                if (now - connection.idleSince() > timeouts.keepAlive().toNanos()) {
                    connection.end(false);
                }
            } else if (exchange.isOverdue(now)) {
                exchange.fail(ProxyError.UPSTREAM_TIMEOUT);
            }
        }
        for (var client : List.copyOf(clients)) {
            client.sweep(now);
        }
        pools.values().forEach(pool -> pool.expire(now - timeouts.connect().toNanos()));
        pools.values().removeIf(UpstreamPool::isUnused);
    }

    private final class UpstreamInitializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            var decoder = new ResponseDecoder(decoding);
            channel.pipeline().addLast(decoder, new UpstreamConnection(decoder, connections));
        }
    }

    /** What is written is checked by {@link HeadBuffer}; once is enough. */
    private static final class Unvalidated implements HttpHeadersFactory {
        @Override
        public HttpHeaders newHeaders() {
            return HeadersMultiMap.headers();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return HeadersMultiMap.headers();
        }
    }
}
