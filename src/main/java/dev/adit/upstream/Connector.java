package dev.adit.upstream;

import dev.adit.balance.Balancer;
import dev.adit.exchange.Upstreams;
import dev.adit.http.Limits;
import dev.adit.http.codec.Codecs;
import dev.adit.http.codec.ResponseDecoder;
import dev.adit.overload.LogLimit;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.upstream.tls.UpstreamTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/** Opens connections to endpoints on one event loop, with TLS where the endpoint wants it. */
final class Connector {
    private static final Logger LOG = Logger.getLogger(Connector.class);

    private final Bootstrap bootstrap;
    private final Balancer balancer;
    private final HttpDecoderConfig decoding;
    private final Codecs codecs;
    private final Limits limits;
    private final IntSupplier allowance;
    private final UpstreamTls tls = new UpstreamTls();
    private final LogLimit log = new LogLimit();

    /** How an attempt ended, on the event loop. */
    interface Result {
        void opened(Channel channel, boolean isHttp2);

        void failed(Throwable cause);
    }

    Connector(
            Bootstrap bootstrap,
            Balancer balancer,
            HttpDecoderConfig decoding,
            Codecs codecs,
            Limits limits,
            IntSupplier allowance) {
        this.bootstrap = bootstrap;
        this.balancer = balancer;
        this.decoding = decoding;
        this.codecs = codecs;
        this.limits = limits;
        this.allowance = allowance;
    }

    /** For one connection of HTTP/1. */
    ResponseDecoder decoder() {
        return new ResponseDecoder(decoding, limits.fields());
    }

    Codecs codecs() {
        return codecs;
    }

    /** How many bytes of a request may wait for an endpoint. */
    IntSupplier allowance() {
        return allowance;
    }

    /** Of the head of a response, which are those of a request's. */
    Limits limits() {
        return limits;
    }

    /**
     * Connects.
     *
     * @param connectTimeout where it is not the one of all
     */
    void open(Upstreams.Target target, Optional<Duration> connectTimeout, Result result) {
        var endpoint = target.endpoint();
        var address = new InetSocketAddress(InetAddress.ofLiteral(endpoint.address()), endpoint.port());
        Dial.connect(bootstrap(connectTimeout), address, connected -> {
            if (!connected.isSuccess()) {
                balancer.connectFailed(endpoint);
                result.failed(connected.cause());
                return;
            }
            var channel = connected.channel();
            if (target.protocol() == UpstreamProtocol.HTTPS) {
                encrypt(channel, target, result);
            } else {
                balancer.connected(endpoint);
                result.opened(channel, target.protocol() == UpstreamProtocol.H2C && !target.isUpgrade());
            }
        });
    }

    private void encrypt(Channel channel, Upstreams.Target target, Result result) {
        SslHandler handler;
        try {
            handler = tls.handler(target.endpoint(), target.tls(), target.isUpgrade());
        } catch (GeneralSecurityException | RuntimeException e) {
            report(target.endpoint(), e);
            var _ = channel.close();
            result.failed(e);
            return;
        }
        handler.setHandshakeTimeoutMillis(channel.config().getConnectTimeoutMillis());
        var handshaking = new Handshaking();
        channel.pipeline().addLast(handler, handshaking);
        handler.handshakeFuture().addListener(shaken -> {
            if (shaken.isSuccess()) {
                channel.pipeline().remove(handshaking);
                balancer.connected(target.endpoint());
                result.opened(channel, UpstreamTls.isHttp2(handler));
            } else {
                balancer.connectFailed(target.endpoint());
                report(target.endpoint(), shaken.cause());
                var _ = channel.close();
                result.failed(shaken.cause());
            }
        });
    }

    /** Whoever asks is told 502; the operator has to know why, and not for every request. */
    private void report(Endpoint endpoint, Throwable cause) {
        if (log.allows(System.nanoTime())) {
            LOG.warnf(
                    "TLS to endpoint %s failed, and requests for it are answered 502: %s",
                    endpoint, cause.getMessage());
        }
    }

    private Bootstrap bootstrap(Optional<Duration> connectTimeout) {
        return connectTimeout
                .map(time -> bootstrap.clone().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(time.toMillis(), Integer.MAX_VALUE)))
                .orElse(bootstrap);
    }

    /** For channels whose handlers are chosen once they stand. */
    @ChannelHandler.Sharable
    static final class Undecided extends ChannelInboundHandlerAdapter {}

    /** Stands behind TLS until it stands itself: why it fails is told by its future, and is no news of the pipeline. */
    private static final class Handshaking extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
