package dev.adit.kube;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** A Secret of type kubernetes.io/tls, parsed when it arrived. */
public record TlsSecret(ObjectKey key, Content content) implements KubeSnapshot.Item {

    public sealed interface Content {
        /** The leaf certificate comes first in the chain. */
        record KeyPair(PrivateKey key, List<X509Certificate> chain) implements Content {}

        /**
         * What is wrong, with the key of the Secret that holds it.
         *
         * @param isMismatch whether certificate and key are both sound, and do not belong together
         * @param lastGood what it held before
         */
        record Broken(String field, String message, boolean isMismatch, Optional<KeyPair> lastGood)
                implements Content {}

        /** The Secret is not there any more, and this is what it held. */
        record Gone(KeyPair lastGood) implements Content {}
    }
}
