package dev.adit.tls;

import dev.adit.x509.ClientChain;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Judges the certificate of a client by the authorities of the host that its handshake names, as they are then. */
public final class ClientTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] NONE = {};

    private final Function<String, Set<X509Certificate>> authorities;

    /**
     * Trusts by host.
     *
     * @param authorities of a server name; empty where nothing is asked of its clients
     */
    public ClientTrust(Function<String, Set<X509Certificate>> authorities) {
        this.authorities = authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        if (engine == null) {
            throw new CertificateException("without a handshake there is no host");
        }
        var trusted = authorities.apply(SniKeyManager.serverName(engine));
        ClientChain.bound(chain, trusted);
        // None: asked a moment ago, and not any more. A great many: paths have bundles of their own. Each request is
        // judged
        // again, by those of its route alone.
        if (!trusted.isEmpty() && ClientChain.areFew(trusted)) {
            ClientChain.verify(chain, trusted);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        checkClientTrusted(chain, type, (SSLEngine) null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type, (SSLEngine) null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("of servers nobody is asked here");
    }

    /** None: they differ by host, and clients know themselves what they have. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE;
    }
}
