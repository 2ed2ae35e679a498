package dev.adit.routing;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who has to vouch for the clients of a route.
 *
 * @param secret the namespace and name of the Secret that holds them
 */
public record ClientAuthorities(String secret, List<X509Certificate> certificates) {
    public ClientAuthorities {
        certificates = List.copyOf(certificates);
    }
}
