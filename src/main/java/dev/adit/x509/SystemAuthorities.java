package dev.adit.x509;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that everybody trusts, as the JDK has them; a native executable has those of the JDK that it was built with. */
public final class SystemAuthorities {
    private static final List<X509Certificate> ALL = read();

    private SystemAuthorities() {}

    /** None where the JDK has none. */
    public static List<X509Certificate> all() {
        return ALL;
    }

    private static List<X509Certificate> read() {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            @Nullable KeyStore ofJdk = null;
            factory.init(ofJdk);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .toList();
        } catch (GeneralSecurityException _) {
            return List.of();
        }
    }
}
