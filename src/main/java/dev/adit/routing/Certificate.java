package dev.adit.routing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A key pair and the names it is served for; the leaf comes first in the chain. */
public record Certificate(List<Hostname> hosts, String secret, PrivateKey key, List<X509Certificate> chain) {
    public Certificate {
        hosts = List.copyOf(hosts);
        chain = List.copyOf(chain);
    }

    /** The same for other names. */
    public Certificate servedFor(List<Hostname> others) {
        return new Certificate(others, secret, key, chain);
    }

    /** Of the key, as JSSE names it: RSA, EC or EdDSA. */
    public String algorithm() {
        return leaf().getPublicKey().getAlgorithm();
    }

    public X509Certificate leaf() {
        return chain.getFirst();
    }
}
