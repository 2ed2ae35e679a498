package dev.adit.upstream.tls;

import dev.adit.routing.upstream.Endpoint;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS to the endpoints of one event loop, by the JDK's engine and not by Netty's contexts, whose factories for clients
 * Quarkus cuts out of the native image. The certificates of endpoints are not verified: no one knows their names.
 */
public final class UpstreamTls {
    private static final String[] EITHER = {ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1};

    private @Nullable SSLContext context;

    /**
     * A handler for one connection.
     *
     * @param http1Only whether HTTP/2 must not be chosen
     */
    public SslHandler handler(Endpoint endpoint, boolean http1Only) {
        // With the address of the endpoint, so that sessions are resumed; an address is no server name.
        var engine = context().createSSLEngine(endpoint.address(), endpoint.port());
        engine.setUseClientMode(true);
        if (!http1Only) {
            var parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(EITHER);
            engine.setSSLParameters(parameters);
        }
        return new SslHandler(engine);
    }

    /** Whether HTTP/2 has been chosen, once the handshake is done. */
    public static boolean isHttp2(SslHandler handler) {
        return ApplicationProtocolNames.HTTP_2.equals(handler.engine().getApplicationProtocol());
    }

    private SSLContext context() {
        var known = context;
        if (known == null) {
            known = create();
            context = known;
        }
        return known;
    }

    private static SSLContext create() {
        try {
            var created = SSLContext.getInstance("TLS");
            created.init(null, new TrustManager[] {new TrustAll()}, null);
            return created;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
    }

    /** Extended, since the JDK adds checks of its own to one that is not. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
