package dev.adit.routing.upstream;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a connection by TLS to an endpoint says and asks.
 *
 * @param secret the namespace and name of the Secret that the certificates come from, or an empty text
 * @param serverName the name that the endpoint is called by, and that its certificate must be for if it is verified
 * @param authorities who has to have signed the certificate of the endpoint; nobody where it is not verified
 * @param identity what is shown to an endpoint that asks for a certificate
 * @param versions of TLS that are spoken, such as {@code TLSv1.2}; all that are safe where it is empty
 */
public record EndpointTls(
        String secret,
        Optional<String> serverName,
        List<X509Certificate> authorities,
        Optional<Identity> identity,
        List<String> versions) {
    /** Any endpoint will do: without more, nobody knows its name. */
    public static final EndpointTls UNVERIFIED = new EndpointTls("", Optional.empty(), List.of(), Optional.empty());

    public EndpointTls {
        authorities = List.copyOf(authorities);
        versions = List.copyOf(versions);
    }

    /** By every version. */
    public EndpointTls(
            String secret,
            Optional<String> serverName,
            List<X509Certificate> authorities,
            Optional<Identity> identity) {
        this(secret, serverName, authorities, identity, List.of());
    }

    /** The same for endpoints that are called by this name. */
    public EndpointTls named(String name) {
        return new EndpointTls(secret, Optional.of(name), authorities, identity, versions);
    }

    /** The leaf certificate comes first in the chain. */
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            chain = List.copyOf(chain);
        }
    }

    /** Whether an endpoint has to prove who it is. */
    public boolean isVerified() {
        return !authorities.isEmpty();
    }

    /** As routes are written; empty when nothing was said. */
    String text() {
        return serverName.map(name -> ", TLS for " + name).orElse(secret.isEmpty() ? "" : ", TLS")
                + (secret.isEmpty() ? "" : " by " + secret)
                + (versions.isEmpty() ? "" : ", " + String.join(" ", versions));
    }

    // By hand, as those of ObjectKey: it is a part of what is looked up with every request.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EndpointTls tls
                        && secret.equals(tls.secret)
                        && serverName.equals(tls.serverName)
                        && authorities.equals(tls.authorities)
                        && identity.equals(tls.identity)
                        && versions.equals(tls.versions));
    }

    /** Of what is short and tells them apart. */
    @Override
    public int hashCode() {
        return 31 * secret.hashCode() + serverName.hashCode();
    }
}
