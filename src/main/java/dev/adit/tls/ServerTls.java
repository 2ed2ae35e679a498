package dev.adit.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.SSLEngineOptions;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The library that speaks TLS with clients. There is one for all event loops, so that a session that was begun on one is
 * resumed on another.
 */
public interface ServerTls extends AutoCloseable {

    /**
     * BoringSSL where its library can be loaded, and else the JDK's own.
     *
     * @param tables the certificates of each port, as the routing table names it
     */
    static ServerTls of(Function<Integer, CertificateTable> tables) {
        return OpenSsl.isAvailable() ? new BoringSsl(tables) : ofJdk();
    }

    /** The JDK's own, which reads its certificates and authorities from the listener's options. */
    static ServerTls ofJdk() {
        return new Jsse();
    }

    /** How it is called in the log. */
    String name();

    /** How a listener is set up for it. */
    SSLEngineOptions engineOptions();

    /**
     * The handler of one connection.
     *
     * @param byListener makes the one that the listener would use
     */
    SslHandler handler(Handshake handshake, Supplier<SslHandler> byListener);

    /**
     * Takes other keys for session tickets, from now on and for all hosts.
     *
     * @return whether it can
     */
    boolean encryptTickets(TicketKeys keys);

    /** Lets go of what the certificate table of now has no more; to be called when there is a new one. */
    void refresh();

    /** Connections go on; there are no new ones. */
    @Override
    void close();
}
