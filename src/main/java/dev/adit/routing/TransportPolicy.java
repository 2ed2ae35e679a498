package dev.adit.routing;

import java.util.Optional;

/**
 * What a route asks of the connection that a request came by.
 *
 * @param redirectsToHttps whether a request that came without TLS is sent there (308)
 * @param hsts the value of Strict-Transport-Security on responses over TLS (RFC 6797)
 * @param clients by whom the client's certificate has to be signed, where it needs one
 */
public record TransportPolicy(
        boolean redirectsToHttps, Optional<FieldValue> hsts, Optional<ClientAuthorities> clients) {
    public static final TransportPolicy NONE = new TransportPolicy(false, Optional.empty(), Optional.empty());

    public TransportPolicy {
        // Without TLS there is no certificate to look at.
        redirectsToHttps |= clients.isPresent();
    }

    /** Empty for none. */
    @Override
    public String toString() {
        return (redirectsToHttps ? ", redirects to https" : "")
                + hsts.map(value -> ", HSTS " + value).orElse("")
                + clients.map(c -> ", clients of " + c.secret()).orElse("");
    }
}
