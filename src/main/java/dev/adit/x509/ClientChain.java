package dev.adit.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;

/** The certificates that a client shows, its own first. */
public final class ClientChain {
    // As the JDK's own default for what it takes from a client.
    private static final int CERTIFICATES = 8;
    private static final int AUTHORITIES = 200;

    private ClientChain() {}

    /**
     * Looks at authorities before anybody is judged by them.
     *
     * @throws IllegalArgumentException with what is wrong with them
     */
    public static void checkAuthorities(Collection<X509Certificate> authorities) {
        if (!areFew(authorities)) {
            throw new IllegalArgumentException(
                    "holds %d certificates, and clients are judged by at most %d; leave out those that sign no clients"
                            .formatted(authorities.size(), AUTHORITIES));
        }
        authorities.forEach(authority -> KeyLimits.check(authority.getPublicKey(), KeyLimits.VERIFYING_BITS));
    }

    /** Whether they can be asked while everybody else waits; those of one bundle can. */
    public static boolean areFew(Collection<X509Certificate> authorities) {
        return authorities.size() <= AUTHORITIES;
    }

    /**
     * Judges them (RFC 5280, section 6): signatures, dates, and that they may be used by a client.
     *
     * @param authorities one of which has to have signed
     * @throws CertificateException with the reason why it is not to be believed
     */
    public static void verify(X509Certificate[] chain, Collection<X509Certificate> authorities)
            throws CertificateException {
        bound(chain, authorities);
        try {
            TrustAnchors.at(Instant.now(), authorities)
                    .manager()
                    .checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    /** How many certificates stand behind the client's own, without authorities that have signed themselves. */
    public static int depth(X509Certificate[] chain) {
        var depth = 0;
        for (var i = 1; i < chain.length; i++) {
            depth += chain[i].getSubjectX500Principal().equals(chain[i].getIssuerX500Principal()) ? 0 : 1;
        }
        return depth;
    }

    /**
     * Looks at no more than how many they are, and how long their keys: whoever connects may show anything. An authority
     * may be among them.
     *
     * @throws CertificateException if to judge them would cost too much
     */
    public static void bound(X509Certificate[] chain, Collection<X509Certificate> authorities)
            throws CertificateException {
        if (chain.length > CERTIFICATES) {
            throw new CertificateException("the client shows " + chain.length + " certificates");
        }
        try {
            for (var certificate : chain) {
                if (!authorities.contains(certificate)) {
                    KeyLimits.check(certificate.getPublicKey(), KeyLimits.SIGNING_BITS);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the client " + e.getMessage(), e);
        }
    }
}
