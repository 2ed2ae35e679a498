package dev.adit.routing.upstream;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a connection by TLS to an endpoint says and asks.
 *
 * @param secret the namespace and name of the object that the certificates come from, or an empty text
 * @param serverName the name that the endpoint is called by
 * @param subjects one of which the certificate of the endpoint must be for if it is verified; the server name where there is none
 * @param authorities who has to have signed the certificate of the endpoint; nobody where it is not verified
 * @param identity what is shown to an endpoint that asks for a certificate
 * @param versions of TLS that are spoken, such as {@code TLSv1.2}; all that are safe where it is empty
 */
public record EndpointTls(
        String secret,
        Optional<String> serverName,
        List<Subject> subjects,
        List<X509Certificate> authorities,
        Optional<Identity> identity,
        List<String> versions) {
    /** Any endpoint will do: without more, nobody knows its name. */
    public static final EndpointTls UNVERIFIED = new EndpointTls("", Optional.empty(), List.of(), Optional.empty());

    public EndpointTls {
        subjects = List.copyOf(subjects);
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

    /** For the server name. */
    public EndpointTls(
            String secret,
            Optional<String> serverName,
            List<X509Certificate> authorities,
            Optional<Identity> identity,
            List<String> versions) {
        this(secret, serverName, List.of(), authorities, identity, versions);
    }

    /** A name in a certificate (RFC 5280 §4.2.1.6). */
    public record Subject(Form form, String value) {
        /** Which of them are looked at. */
        public enum Form {
            DNS,
            URI
        }

        /** As it is written. */
        @Override
        public String toString() {
            return form.name().toLowerCase(Locale.ROOT) + ":" + value;
        }
    }

    /** The same where this is shown to endpoints that ask for a certificate. */
    public EndpointTls showing(Identity own) {
        return new EndpointTls(secret, serverName, subjects, authorities, Optional.of(own), versions);
    }

    /** The same for endpoints that are called by this name. */
    public EndpointTls named(String name) {
        return new EndpointTls(secret, Optional.of(name), subjects, authorities, identity, versions);
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
                + (subjects.isEmpty()
                        ? ""
                        : " of " + subjects.stream().map(Subject::toString).collect(Collectors.joining(" ")))
                + (versions.isEmpty() ? "" : ", " + String.join(" ", versions));
    }

    // By hand, as those of ObjectKey: it is a part of what is looked up with every request.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EndpointTls tls
                        && secret.equals(tls.secret)
                        && serverName.equals(tls.serverName)
                        && subjects.equals(tls.subjects)
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
