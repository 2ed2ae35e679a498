package dev.adit.tls;

import dev.adit.routing.Certificate;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The certificates of one host, of which there is one for each kind of key. */
final class HostKeys extends ServerKeys {
    private final List<Certificate> certificates;

    HostKeys(List<Certificate> certificates) {
        this.certificates = certificates;
    }

    /**
     * Those that the client cannot verify are not among them ({@link Handshake#usable}). Netty has no word for Ed25519 in TLS
     * 1.2, where it goes with the suites of EC.
     */
    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return of(keyType)
                .or(() -> keyType.equals("EC") ? of("EdDSA") : Optional.empty())
                .map(Certificate::algorithm)
                .orElse(null);
    }

    private Optional<Certificate> of(String algorithm) {
        return certificates.stream()
                .filter(certificate -> certificate.algorithm().equals(algorithm))
                .findFirst();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return of(alias).map(Certificate::key).orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return of(alias).map(one -> one.chain().toArray(X509Certificate[]::new)).orElse(null);
    }
}
