package dev.adit.proxy;

import dev.adit.http.ClientPolicy;
import dev.adit.http2.FrameGuard;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.HAProxyMessageCompletionHandler;
import io.vertx.core.net.impl.SslChannelProvider;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Vert.x's server, with a place for what has to be known of a connection before its protocol is. */
final class ProxyServer extends HttpServerImpl {
    private static final String IDLE = "adit-idle";

    private final HttpServerOptions listener;
    private final ClientPolicy policy;
    private final Intake intake;
    private final Passthrough passthrough;

    ProxyServer(Vertx vertx, HttpServerOptions options, ClientPolicy policy, Intake intake, Passthrough passthrough) {
        super((VertxInternal) vertx, options);
        this.listener = options;
        this.policy = policy;
        this.intake = intake;
        this.passthrough = passthrough;
        connectionHandler(intake);
        // Clients that break off are daily life, not errors of ours.
        exceptionHandler(_ -> {});
    }

    @Override
    protected BiConsumer<Channel, SslChannelProvider> childHandler(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
        BiConsumer<Channel, SslChannelProvider> accepted = super.childHandler(context, address, shaping);
        BiConsumer<Channel, SslChannelProvider> start = (channel, tls) -> {
            accepted.accept(channel, tls);
            channel.pipeline().addLast(new FrameGuard());
        };
        if (listener.isSsl()) {
            start = byServerName(start);
        } else if (policy.h2c()) {
            start = byPriorKnowledge(start, context, address, shaping);
        }
        return policy.proxyProtocol() ? behindProxy(start) : start;
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
        var never = new ProxyServer(vertx, clearText, plain, intake, passthrough);
        never.requestHandler(requestHandler());
        var http2 = never.childHandler(context, address, shaping);
        return (channel, tls) -> {
            idle(channel, policy.limits().idle().toMillis());
            channel.pipeline().addLast(new Http1xOrH2CHandler() {
                @Override
                protected void configure(ChannelHandlerContext from, boolean h2c) {
                    from.pipeline().remove(IDLE);
                    (h2c ? http2 : http1).accept(channel, tls);
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext from, Object event) {
                    if (event instanceof IdleStateEvent) {
                        var _ = from.close();
                    }
                }
            });
        };
    }

    private BiConsumer<Channel, SslChannelProvider> byServerName(BiConsumer<Channel, SslChannelProvider> terminate) {
        var timeout = policy.limits().head().toMillis();
        return (channel, tls) -> {
            Consumer<String> start = name -> {
                terminate.accept(channel, tls);
                intake.prepare(channel, name);
            };
            channel.pipeline().addLast(new ServerNamePeek(timeout, passthrough::test, start));
        };
    }

    private BiConsumer<Channel, SslChannelProvider> behindProxy(BiConsumer<Channel, SslChannelProvider> next) {
        return (channel, tls) -> {
            var read = channel.eventLoop().<Channel>newPromise();
            channel.pipeline().addLast(new HAProxyMessageDecoder());
            idle(channel, policy.limits().head().toMillis());
            channel.pipeline().addLast(new HAProxyMessageCompletionHandler(read));
            read.addListener((Future<Channel> done) -> {
                if (done.isSuccess()) {
                    channel.pipeline().remove(IDLE);
                    next.accept(channel, tls);
                }
            });
        };
    }

    private static void idle(Channel channel, long millis) {
        channel.pipeline().addLast(IDLE, new IdleStateHandler(0, 0, millis, TimeUnit.MILLISECONDS));
    }
}
