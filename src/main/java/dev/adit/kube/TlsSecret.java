package dev.adit.kube;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A Secret of type kubernetes.io/tls, parsed when it arrived. */
public record TlsSecret(ObjectKey key, Content content) implements KubeSnapshot.Item {

    public sealed interface Content {
        /** The leaf certificate comes first in the chain. */
        record KeyPair(PrivateKey key, List<X509Certificate> chain) implements Content {}

        /** What is wrong, with the key of the Secret that holds it. */
        record Broken(String field, String message) implements Content {}
    }
}
