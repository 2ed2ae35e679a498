package dev.adit.tls;

import dev.adit.routing.Certificate;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Answers each handshake from the certificate table of that moment, so that a rotation needs no new context. */
public final class SniKeyManager extends ServerKeys {
    private static final String ALIAS = "sni";

    private final Supplier<CertificateTable> table;
    // JSSE asks for alias, key and chain one after the other on one thread: what was chosen first must
    // answer all three, even if the table is swapped in between.
    @SuppressWarnings("ThreadLocalUsage") // one for each manager, of which there are few
    private final ThreadLocal<@Nullable Certificate> chosen = new ThreadLocal<>();

    public SniKeyManager(Supplier<CertificateTable> table) {
        this.table = table;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        for (var certificate : table.get().choose(serverName(engine))) {
            if (certificate.algorithm().equals(keyType)) {
                chosen.set(certificate);
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        var certificate = chosen.get();
        return certificate == null ? null : certificate.key();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        var certificate = chosen.get();
        return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
    }

    /** What the client asks for; empty where it names nothing. */
    static String serverName(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (var name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
            return "";
        }
        return RequestedName.of(engine);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }
}
