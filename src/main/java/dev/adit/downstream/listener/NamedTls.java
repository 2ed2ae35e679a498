package dev.adit.downstream.listener;

import dev.adit.tls.Handshake;
import dev.adit.tls.ServerTls;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ImmediateExecutor;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.impl.SslChannelProvider;
import java.util.function.UnaryOperator;

/** Makes the TLS handler of one connection, once it is known for which host that is. */
final class NamedTls extends SslChannelProvider {
    private final SslChannelProvider ofListener;
    private final ServerTls tls;
    private final Handshake handshake;
    private final UnaryOperator<SslHandler> counted;

    /**
     * @param counted has the end of the handshake counted
     */
    NamedTls(SslChannelProvider ofListener, ServerTls tls, Handshake handshake, UnaryOperator<SslHandler> counted) {
        super(
                ofListener.sslContextProvider(),
                SSLOptions.DEFAULT_SSL_HANDSHAKE_TIMEOUT,
                SSLOptions.DEFAULT_SSL_HANDSHAKE_TIMEOUT_TIME_UNIT,
                false,
                false,
                true,
                ImmediateExecutor.INSTANCE,
                false);
        this.ofListener = ofListener;
        this.tls = tls;
        this.handshake = handshake;
        this.counted = counted;
    }

    @Override
    public ChannelHandler createServerHandler(HostAndPort peer) {
        return counted.apply(tls.handler(handshake, () -> (SslHandler) ofListener.createServerHandler(peer)));
    }
}
