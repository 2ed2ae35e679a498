package dev.adit.x509;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The authorities that have not expired. The JDK does not look at the dates of a trust anchor, so whoever judges a chain
 * with it has to leave out the expired ones.
 *
 * @param manager judges a chain by them
 * @param until the moment at which the first of them expires: from then on, they have to be chosen again
 */
public record TrustAnchors(X509ExtendedTrustManager manager, Instant until) {

    /**
     * Chooses those of some authorities that are still valid.
     *
     * @throws CertificateException where every one has expired
     * @throws GeneralSecurityException where the JDK cannot use them
     */
    public static TrustAnchors at(Instant now, Collection<X509Certificate> authorities)
            throws GeneralSecurityException {
        var store = KeyStores.empty();
        var until = Instant.MAX;
        for (var authority : authorities) {
            var end = authority.getNotAfter().toInstant();
            if (end.isAfter(now)) {
                store.setCertificateEntry("authority-" + store.size(), authority);
                until = end.isBefore(until) ? end : until;
            }
        }
        if (store.size() == 0) {
            throw new CertificateException("every authority has expired");
        }
        return new TrustAnchors(manager(store), until);
    }

    private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("the JDK has nobody who judges certificates");
    }
}
