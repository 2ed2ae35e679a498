package dev.adit.routing.policy;

/**
 * Every request is answered with a redirect to one and the same URL.
 *
 * @param location as it is sent, but for its variables
 * @param status from 300 to 308
 */
public record FixedRedirect(Template location, int status) implements Policy {
    public FixedRedirect {
        if (status < 300 || status > 308) {
            throw new IllegalArgumentException(status + " is not the status of a redirect");
        }
    }
}
