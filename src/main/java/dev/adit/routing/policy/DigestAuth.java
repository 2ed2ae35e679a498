package dev.adit.routing.policy;

import java.util.Collections;
import java.util.Map;

/**
 * Only users who show by a digest that they know their password are served (RFC 7616, MD5 with {@code qop=auth}); others are answered 401.
 *
 * @param realm as it is told to clients
 * @param secret that holds the users, as {@code namespace/name}
 * @param users never changed afterwards; of each the digest of name, realm and password, as 32 hexadecimal digits in lower case
 */
public record DigestAuth(BasicAuth.FieldText realm, String secret, Map<String, String> users) implements Policy {
    public DigestAuth {
        users = Collections.unmodifiableMap(users); // many routes share them; and names may be made to collide
    }

    /** Without the digests, which are as good as passwords. */
    @Override
    public String toString() {
        return "DigestAuth of " + secret;
    }
}
