package dev.adit.routing.policy;

/**
 * A request that came without TLS is answered with a redirect to the same URL with TLS.
 *
 * @param keepsSlash whether a slash at the end of the URL stays; ingress-nginx drops it
 * @param status 308 where nobody says otherwise
 * @param saysPort whether the URL has the port of https, too, which needs not be said
 */
public record HttpsRedirect(boolean keepsSlash, int status, boolean saysPort) implements Policy {
    private static final int PERMANENT = 308; // RFC 9110 §15.4.9: method and body stay what they are

    /** To the very same URL. */
    public HttpsRedirect() {
        this(true, PERMANENT, false);
    }
}
