package dev.adit.routing.policy;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every request is answered with a redirect. What is empty stays as it is in the request.
 *
 * @param scheme {@code http} or {@code https}
 * @param host without port
 * @param port empty for the port that the scheme implies, where the scheme is given; else that of the request
 * @param status 301, 302, 303, 307 or 308 (RFC 9110 §15.4)
 */
public record Redirect(
        Optional<String> scheme, Optional<String> host, OptionalInt port, Optional<PathEdit> path, int status)
        implements Policy {
    public Redirect {
        if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
            throw new IllegalArgumentException(status + " is not the status of a redirect");
        }
    }
}
