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

/** The JDK's TLS engine, told to look at the server name when it resumes a session, and which groups to offer. */
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
        MatchingContextFactory() {
            super(SslProvider.JDK, false);
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
                }
            };
        }
    }
}
