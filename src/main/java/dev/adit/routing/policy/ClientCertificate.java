package dev.adit.routing.policy;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Only clients with a certificate signed by one of these authorities are served.
 *
 * @param secret the namespace and name of the Secret that holds the authorities
 */
public record ClientCertificate(String secret, List<X509Certificate> authorities) implements Policy {
    public ClientCertificate {
        authorities = List.copyOf(authorities);
    }
}
