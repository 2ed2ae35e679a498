package dev.adit.routing;

import java.util.Optional;

/**
 * What a route asks of the connection that a request came by.
 *
 * @param redirectsToHttps whether a request that came without TLS is sent there (308)
 * @param hsts the value of Strict-Transport-Security on responses over TLS (RFC 6797)
 */
public record TransportPolicy(boolean redirectsToHttps, Optional<String> hsts) {
    public static final TransportPolicy NONE = new TransportPolicy(false, Optional.empty());

    /** Empty for none. */
    @Override
    public String toString() {
        return (redirectsToHttps ? ", redirects to https" : "")
                + hsts.map(value -> ", HSTS " + value).orElse("");
    }
}
