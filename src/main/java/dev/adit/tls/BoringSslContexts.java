package dev.adit.tls;

import dev.adit.routing.Certificate;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLException;

/** Makes the contexts of {@link BoringSsl}. */
final class BoringSslContexts {
    // Whether there is one of ours has been judged by the listener: BoringSSL as Netty uses it would go on without one.
    private static final ApplicationProtocolConfig PROTOCOLS = new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            CipherSuites.APPLICATION_PROTOCOLS);
    private static final String[] GROUPS = {"X25519MLKEM768", "X25519", "P-256", "P-384"};

    private static final byte[] SESSION_ID_CONTEXT = {'a', 'd', 'i', 't'};

    private BoringSslContexts() {}

    /**
     * One that its caller has to release.
     *
     * @param judges the authorities of clients; none where each request is judged, and the handshake is not
     * @param isForTunnel whether no application protocol is chosen
     */
    static SslContext make(List<Certificate> certificates, Set<X509Certificate> judges, boolean isForTunnel) {
        try {
            // Parsed once, and handed to each handshake by its address.
            var keys = new OpenSslCachingX509KeyManagerFactory(new Fixed(new HostKeys(certificates)));
            var context = SslContextBuilder.forServer(keys)
                    .sslProvider(SslProvider.OPENSSL_REFCNT)
                    .trustManager(new ClientTrust(_ -> judges))
                    .protocols("TLSv1.2", "TLSv1.3")
                    .ciphers(CipherSuites.MODERN)
                    .option(OpenSslContextOption.GROUPS, GROUPS)
                    .applicationProtocolConfig(isForTunnel ? ApplicationProtocolConfig.DISABLED : PROTOCOLS)
                    .build();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                sessions.setSessionCacheEnabled(false); // the client has it in its ticket
            }
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "no context for " + certificates.getFirst().secret(), e);
        }
    }

    /**
     * Which keys its tickets are encrypted by.
     *
     * @param keys none for those that BoringSSL makes for this context, and renews
     */
    static void encryptTickets(SslContext context, OpenSslSessionTicketKey... keys) {
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setTicketKeys(keys);
            if (keys.length > 0 && sessions instanceof OpenSslServerSessionContext server) {
                // In place of a random one, which a session would not have after a restart: the keys tell contexts
                // apart.
                server.setSessionIdContext(SESSION_ID_CONTEXT);
            }
        }
    }

    /** A factory of one that is there already. */
    private static final class Fixed extends SimpleKeyManagerFactory {
        private final KeyManager manager;

        Fixed(KeyManager manager) {
            this.manager = manager;
        }

        @Override
        protected void engineInit(KeyStore store, char[] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {manager};
        }
    }
}
