package dev.adit.upstream.tls;

import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.x509.KeyStores;
import dev.adit.x509.TrustAnchors;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS to the endpoints of one event loop, by the JDK's engine and not by Netty's contexts, whose factories for clients
 * Quarkus cuts out of the native image. Where a route names no authorities, endpoints are not verified.
 */
public final class UpstreamTls {
    private static final String[] EITHER = {ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1};
    private static final int MOST_CONTEXTS = 256;
    private static final char[] NO_PASSWORD = {};

    private final InstantSource clock;

    // One for each: a session that was made on other terms is not resumed. The least recently used one goes first.
    private final Map<EndpointTls, Prepared> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EndpointTls, Prepared> eldest) {
            return size() > MOST_CONTEXTS;
        }
    };

    public UpstreamTls() {
        this(InstantSource.system());
    }

    UpstreamTls(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A handler for one connection.
     *
     * @param http1Only whether HTTP/2 must not be chosen
     * @throws GeneralSecurityException where the certificates or the key of the terms cannot be used
     */
    public SslHandler handler(Endpoint endpoint, EndpointTls terms, boolean http1Only) throws GeneralSecurityException {
        // With a host, so that sessions are resumed. Where a name is verified it has to be the name: the JDK would
        // take a certificate for the address of the endpoint, too. Else it is the address, which is no server name.
        var host = terms.serverName().filter(_ -> terms.isVerified()).orElse(endpoint.address());
        var engine = context(terms).createSSLEngine(host, endpoint.port());
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        if (!http1Only) {
            parameters.setApplicationProtocols(EITHER);
        }
        terms.serverName().ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
        if (!terms.versions().isEmpty()) {
            parameters.setProtocols(terms.versions().toArray(String[]::new));
        }
        if (terms.isVerified() && terms.subjects().isEmpty()) {
            // RFC 9110 §4.3.4: the certificate is for the server name above.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }

    /** Whether HTTP/2 has been chosen, once the handshake is done. */
    public static boolean isHttp2(SslHandler handler) {
        return ApplicationProtocolNames.HTTP_2.equals(handler.engine().getApplicationProtocol());
    }

    private SSLContext context(EndpointTls terms) throws GeneralSecurityException {
        var now = clock.instant();
        var known = contexts.get(terms);
        if (known == null || !known.until().isAfter(now)) {
            contexts.remove(terms);
            known = prepare(terms, now);
            contexts.put(terms, known);
        }
        return known.context();
    }

    private static Prepared prepare(EndpointTls terms, Instant now) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        if (!terms.isVerified()) {
            context.init(keys(terms), new TrustManager[] {new TrustAll()}, null);
            return new Prepared(context, Instant.MAX);
        }
        var anchors = TrustAnchors.at(now, terms.authorities());
        var manager =
                terms.subjects().isEmpty() ? anchors.manager() : new SubjectTrust(anchors.manager(), terms.subjects());
        context.init(keys(terms), new TrustManager[] {manager}, null);
        return new Prepared(context, anchors.until());
    }

    private static KeyManager[] keys(EndpointTls terms) throws GeneralSecurityException {
        if (terms.identity().isEmpty()) {
            return new KeyManager[0];
        }
        var identity = terms.identity().get();
        var store = KeyStores.empty();
        store.setKeyEntry(
                "identity", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        // Which shows what there is, whatever it was issued for: the endpoint judges it.
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** A context, with the sessions made by it, and the moment at which its trust has to be looked at again. */
    private record Prepared(SSLContext context, Instant until) {}

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
