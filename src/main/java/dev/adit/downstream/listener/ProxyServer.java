package dev.adit.downstream.listener;

import dev.adit.downstream.http2.FrameGuard;
import dev.adit.http.Client;
import dev.adit.http.ClientPolicy;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortUse.Protocol;
import dev.adit.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.SslChannelProvider;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Vert.x's server, with a place for what has to be known of a connection before its protocol is. */
final class ProxyServer extends HttpServerImpl {
    // No session is looked for by it: tickets are the clients'.
    private static final HostAndPort NO_PEER = HostAndPort.create("", 0);

    private final HttpServerOptions listener;
    private final ClientPolicy policy;
    private final Protocol protocol;
    private final PriorKnowledge h2c;
    private final ConnectionSetup intake;
    private final Tunnels tunnels;
    private final ServerTls tls;
    private final Integer port;
    private int connections;
    // Completes when the last connection has ended, where this one takes no more.
    private @Nullable Promise<Void> ended;

    /**
     * One that does not listen yet.
     *
     * @param port as the routing table names it
     */
    ProxyServer(
            Vertx vertx,
            HttpServerOptions options,
            ClientPolicy policy,
            Protocol protocol,
            PriorKnowledge h2c,
            ConnectionSetup intake,
            Tunnels tunnels,
            ServerTls tls,
            Integer port) {
        super((VertxInternal) vertx, options);
        this.listener = options;
        this.policy = policy;
        this.protocol = protocol;
        this.h2c = h2c;
        this.intake = intake;
        this.tunnels = tunnels;
        this.tls = tls;
        this.port = port;
        connectionHandler(connection -> intake.handle(connection, port));
        requestHandler(_ -> {}); // no request gets as far as that
        // Clients that break off are daily life, not errors of ours.
        exceptionHandler(_ -> {});
    }

    /** Takes no more connections; completes when the last one has ended, unless it takes some again before. */
    Future<Void> end() {
        var promise = Promise.<Void>promise();
        ended = promise;
        if (connections == 0) {
            promise.complete();
        }
        return promise.future();
    }

    /** Takes connections again. */
    void resume() {
        ended = null;
    }

    private boolean accepts(Channel channel) {
        if (ended != null) {
            var _ = channel.close();
            return false;
        }
        if (!intake.accepts(channel)) {
            return false;
        }
        connections++;
        channel.closeFuture().addListener(_ -> {
            connections--;
            if (connections == 0 && ended != null) {
                ended.tryComplete();
            }
        });
        return true;
    }

    /** A connection that is refused gets no handler at all, so that nothing of it is read (CWE-290). */
    @Override
    protected BiConsumer<Channel, SslChannelProvider> childHandler(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
        var start = inTime(protocols(context, address, shaping));
        return (channel, tls) -> {
            if (accepts(channel)) {
                start.accept(channel, tls);
            }
        };
    }

    /** Prepares the pipeline of an accepted connection. */
    private BiConsumer<Channel, SslChannelProvider> protocols(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
        BiConsumer<Channel, SslChannelProvider> accepted = super.childHandler(context, address, shaping);
        BiConsumer<Channel, SslChannelProvider> start = (channel, tls) -> {
            accepted.accept(channel, tls);
            channel.pipeline().addLast(new FrameGuard());
        };
        if (protocol == Protocol.TCP) {
            start = (channel, _) -> tunnels.begin(channel, port);
        } else if (protocol == Protocol.HTTPS) {
            start = byServerName(start);
        } else if (h2c != PriorKnowledge.NEVER) {
            start = byPriorKnowledge(start, context, address, shaping);
        }
        return policy.proxyProtocol() ? behindProxy(start) : start;
    }

    /** Adds a deadline, unless a connection is HTTP/1 from its first byte on and has the limits of HTTP/1. */
    private BiConsumer<Channel, SslChannelProvider> inTime(BiConsumer<Channel, SslChannelProvider> start) {
        if (protocol == Protocol.HTTP && h2c != PriorKnowledge.ALWAYS && !policy.proxyProtocol()) {
            return start;
        }
        return (channel, tls) -> {
            limitArrival(channel);
            start.accept(channel, tls);
        };
    }

    private void limitArrival(Channel channel) {
        if (channel.pipeline().get(ArrivalDeadline.class) == null) {
            var limit = policy.limits().head().plus(policy.limits().idle());
            channel.pipeline().addLast(new ArrivalDeadline(limit));
        }
    }

    /**
     * HTTP/2 where its preface comes first (RFC 9113 §3.3). Vert.x's server would take an upgrade from HTTP/1 as well,
     * which is obsolete and a way around whoever stands in front; so that one, which never listens itself, gets only
     * the connections of HTTP/2.
     */
    private BiConsumer<Channel, SslChannelProvider> byPriorKnowledge(
            BiConsumer<Channel, SslChannelProvider> http1,
            ContextInternal context,
            SocketAddress address,
            GlobalTrafficShapingHandler shaping) {
        var clearText = new HttpServerOptions(listener).setHttp2ClearTextEnabled(true);
        var plain = new ClientPolicy(policy.limits(), policy.trusted(), false, false);
        var never = new ProxyServer(
                vertx, clearText, plain, protocol, PriorKnowledge.NEVER, intake, tunnels, this.tls, port);
        var http2 = never.protocols(context, address, shaping);
        return (channel, tls) -> {
            if (h2c == PriorKnowledge.WITH_GATEWAYS && !intake.hasGateways(port)) {
                http1.accept(channel, tls);
                return;
            }
            limitArrival(channel);
            channel.pipeline().addLast(new Http1xOrH2CHandler() {
                @Override
                protected void configure(ChannelHandlerContext from, boolean isHttp2) {
                    (isHttp2 ? http2 : http1).accept(channel, tls);
                }
            });
        };
    }

    private BiConsumer<Channel, SslChannelProvider> byServerName(BiConsumer<Channel, SslChannelProvider> terminate) {
        var timeout = policy.limits().head().toMillis();
        return (channel, ofListener) -> {
            BiConsumer<String, ClientHello> start = (name, hello) -> {
                channel.attr(Client.SERVER_NAME).set(Hostname.normalize(name));
                terminate.accept(
                        channel, new NamedTls(ofListener, tls, intake.handshake(port, name, hello), intake::counted));
            };
            channel.pipeline()
                    .addLast(new ServerNamePeek(
                            timeout, (client, name, hello) -> tunnels(client, ofListener, name, hello), start));
        };
    }

    /** Takes a connection over, if its name is of a host that wants so. */
    private boolean tunnels(Channel channel, SslChannelProvider ofListener, String name, ClientHello hello) {
        var way = tunnels.of(port, name);
        if (way == null) {
            return false;
        }
        if (way.tunnel().endsTls()) {
            var handshake = intake.handshake(port, name, hello).forTunnel();
            channel.pipeline()
                    .addLast(new NamedTls(ofListener, tls, handshake, intake::counted).createServerHandler(NO_PEER));
            tunnels.beginAfterTls(channel, way);
        } else {
            tunnels.begin(channel, way);
        }
        return true;
    }

    private BiConsumer<Channel, SslChannelProvider> behindProxy(BiConsumer<Channel, SslChannelProvider> next) {
        var limit = policy.limits().head();
        return (channel, tls) -> channel.pipeline()
                .addLast(new HAProxyMessageDecoder(), new ProxyHeader(limit, () -> next.accept(channel, tls)));
    }
}
