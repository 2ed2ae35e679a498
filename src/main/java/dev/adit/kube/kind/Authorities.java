package dev.adit.kube.kind;

import dev.adit.kube.Secret;
import dev.adit.x509.ClientChain;
import dev.adit.x509.Pem;
import java.util.function.Supplier;

/** The authorities in a bundle of certificates, of a Secret or of a ConfigMap. */
final class Authorities {
    static final String FIELD = "ca.crt";
    // In characters, with the text that openssl can put before each.
    static final int LONGEST = 1024 * 1024;

    private Authorities() {}

    /**
     * Those of a bundle. Broken ones let nobody in.
     *
     * @param bundle may throw what is wrong with it
     */
    static Secret.Authorities read(Supplier<String> bundle) {
        try {
            var text = bundle.get();
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
            }
            var certificates = Pem.certificates(text);
            ClientChain.checkAuthorities(certificates);
            return new Secret.Authorities.Trusted(certificates);
        } catch (IllegalArgumentException e) {
            return new Secret.Authorities.Broken(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            return new Secret.Authorities.Broken("cannot be read: " + e);
        }
    }
}
