package dev.adit.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificates that a client shows, its own first. */
public final class ClientChain {
    private ClientChain() {}

    /**
     * Judges them (RFC 5280, section 6): signatures, dates, and that they may be used by a client.
     *
     * @param authorities one of which has to have signed
     * @throws CertificateException with the reason why it is not to be believed
     */
    public static void verify(X509Certificate[] chain, Collection<X509Certificate> authorities)
            throws CertificateException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var now = Instant.now();
            for (var authority : authorities) {
                // The JDK asks no date of an anchor.
                if (authority.getNotAfter().toInstant().isAfter(now)) {
                    store.setCertificateEntry("authority-" + store.size(), authority);
                }
            }
            if (store.size() == 0) {
                throw new CertificateException("every authority has expired");
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (var manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust) {
                    trust.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
                    return;
                }
            }
            throw new CertificateException("there is nobody to judge it");
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(e);
        }
    }
}
