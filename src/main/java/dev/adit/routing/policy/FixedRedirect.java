package dev.adit.routing.policy;

/**
 * Every request is answered with a redirect to a URL.
 *
 * @param location as it is sent, but for its variables
 * @param status from 300 to 308
 * @param isRewrite whether {@code $1} to {@code $9} stand for what the groups of the path's expression have found, and the query is added
 */
public record FixedRedirect(Template location, int status, boolean isRewrite) implements Policy {
    /** To one and the same URL, but for its variables. */
    public FixedRedirect(Template location, int status) {
        this(location, status, false);
    }

    public FixedRedirect {
        if (status < 300 || status > 308) {
            throw new IllegalArgumentException(status + " is not the status of a redirect");
        }
    }
}
