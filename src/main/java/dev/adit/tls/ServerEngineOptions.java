package dev.adit.tls;

import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's TLS engine, told to look at the server name when it resumes a session, which groups to offer, and to refuse
 * clients that offer none of our protocols.
 */
public final class ServerEngineOptions extends JdkSSLEngineOptions {

    @Override
    public ServerEngineOptions copy() {
        return new ServerEngineOptions();
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new MatchingContextFactory();
    }

    private static final class MatchingContextFactory extends DefaultSslContextFactory {
        private List<String> protocols = List.of();

        MatchingContextFactory() {
            super(SslProvider.JDK, false);
        }

        @Override
        public SslContextFactory applicationProtocols(List<String> inOrder) {
            protocols = List.copyOf(inOrder);
            return super.applicationProtocols(inOrder);
        }

        @Override
        public SslContext create() throws SSLException {
            return new DelegatingSslContext(super.create()) {
                // Without a matcher JSSE compares no names, and a session begun with one host is resumed with
                // another, past whatever that host asks of its clients (the class of CVE-2025-23419).
                @Override
                protected void initEngine(SSLEngine engine) {
                    var parameters = engine.getSSLParameters();
                    parameters.setSNIMatchers(List.of(new RequestedName()));
                    parameters.setNamedGroups(CipherSuites.GROUPS.toArray(String[]::new));
                    engine.setSSLParameters(parameters);
                    engine.setHandshakeApplicationProtocolSelector((_, offered) -> choose(offered));
                }
            };
        }

        /**
         * The first of ours that the client offers. Null ends the handshake with no_application_protocol (RFC 7301 §3.2), so
         * that an attacker cannot send clients of another protocol here (ALPACA). Quarkus replaces the code of Vert.x that
         * asks Netty for this, and a native executable would go on with HTTP/1.1.
         */
        private @Nullable String choose(List<String> offered) {
            for (var protocol : protocols) {
                if (offered.contains(protocol)) {
                    return protocol;
                }
            }
            return null;
        }
    }
}
