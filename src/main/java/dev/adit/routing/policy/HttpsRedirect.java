package dev.adit.routing.policy;

/**
 * A request that came without TLS is answered with a redirect to the same URL with TLS (308).
 *
 * @param keepsSlash whether a slash at the end of the URL stays; ingress-nginx drops it
 */
public record HttpsRedirect(boolean keepsSlash) implements Policy {
    /** To the very same URL. */
    public HttpsRedirect() {
        this(true);
    }
}
