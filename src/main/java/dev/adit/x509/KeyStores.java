package dev.adit.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Key stores in memory, by which the JDK takes certificates and keys. */
public final class KeyStores {
    private KeyStores() {}

    /** One that holds nothing. */
    public static KeyStore empty() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException("no key store can be made", e);
        }
    }
}
