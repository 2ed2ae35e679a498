package dev.adit.x509;

import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The certificates that clients are shown, the one of the host first: each handshake sends all of them. */
public final class ServerChain {
    private static final int CERTIFICATES = 10;
    // What openssl takes from a server at most.
    private static final int BYTES = 100 * 1024;
    private static final int NAMES = 1_000;

    private ServerChain() {}

    /**
     * Looks at a chain before it is served.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static void check(List<X509Certificate> chain) {
        if (chain.size() > CERTIFICATES) {
            throw new IllegalArgumentException(
                    "holds %d certificates, and a chain has at most %d; leave out what is not in it"
                            .formatted(chain.size(), CERTIFICATES));
        }
        var leaf = chain.getFirst();
        try {
            var bytes = 0;
            for (var certificate : chain) {
                bytes += certificate.getEncoded().length;
            }
            if (bytes > BYTES) {
                throw new IllegalArgumentException(
                        "holds %d bytes of certificates, which every handshake would send; at most %d are served"
                                .formatted(bytes, BYTES));
            }
            var names = AlternativeNames.of(leaf).count();
            if (names > NAMES) {
                throw new IllegalArgumentException(
                        "has a certificate for %d names, and at most %d are served; have several issued"
                                .formatted(names, NAMES));
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException("has a certificate that cannot be read: " + e.getMessage(), e);
        }
        KeyLimits.check(leaf.getPublicKey(), KeyLimits.SIGNING_BITS);
    }

    /**
     * Looks at the key by which a chain is served.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static void check(PrivateKey key) {
        KeyLimits.check(key);
    }
}
