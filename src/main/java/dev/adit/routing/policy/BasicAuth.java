package dev.adit.routing.policy;

import java.util.Collections;
import java.util.Map;

/**
 * Only users with a password are served (RFC 7617); others are answered 401.
 *
 * @param realm as it is told to clients
 * @param secret that holds the passwords, as {@code namespace/name}
 * @param users never changed afterwards; the hash of each one's password, in a format of crypt(3) or of htpasswd
 */
public record BasicAuth(FieldText realm, String secret, Map<String, String> users) implements Policy {
    public BasicAuth {
        users = Collections.unmodifiableMap(users); // many routes share them; and names may be made to collide
    }

    /** A text within quotes: visible ASCII and blanks, without quotes and backslashes. */
    public record FieldText(String text) {
        public FieldText {
            if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
                throw new IllegalArgumentException("a realm is visible ASCII without quotes");
            }
        }
    }

    /** Without the hashes. */
    @Override
    public String toString() {
        return "BasicAuth of " + secret;
    }
}
