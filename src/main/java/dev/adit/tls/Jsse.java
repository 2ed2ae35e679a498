package dev.adit.tls;

import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.SSLEngineOptions;
import java.util.function.Supplier;

/** The JDK's TLS, where BoringSSL cannot be loaded: its certificates are chosen by {@link SniKeyManager}. */
final class Jsse implements ServerTls {
    @Override
    public String name() {
        return "the JDK's TLS";
    }

    @Override
    public SSLEngineOptions engineOptions() {
        return new ServerEngineOptions();
    }

    @Override
    public SslHandler handler(Handshake handshake, Supplier<SslHandler> byListener) {
        var handler = byListener.get();
        RequestedName.tell(handler.engine(), handshake.serverName());
        handshake.ask(handler.engine());
        if (handshake.isForTunnel()) {
            // "If the application protocol values are not used, returns an empty String" (SSLEngine).
            handler.engine().setHandshakeApplicationProtocolSelector((_, _) -> "");
        }
        return handler;
    }

    /** It has no way to be told them. */
    @Override
    public boolean encryptTickets(TicketKeys keys) {
        return false;
    }

    @Override
    public void refresh() {}

    @Override
    public void close() {}
}
