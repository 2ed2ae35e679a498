package dev.adit.observe;

/** How a request ended. */
public enum End {
    /** The endpoint's response has been passed on whole. */
    COMPLETE,
    /** Adit has answered as a route or HTTP itself wants it, for example by a redirect. */
    ANSWERED,
    /** Adit has answered with a refusal; a malformed request of HTTP/2 may have been reset without an answer. */
    REFUSED,
    /** The client has left before the end of its response, or was cut off for what it did, such as not to read. */
    CLIENT_GONE,
    /** The response had begun when the endpoint failed, so it could only be broken off. */
    UPSTREAM_BROKE,
    /** The response had begun when Adit had to break it off, for another reason than its endpoint. */
    BROKEN_OFF,
    /** The protocol was switched, and the tunnel has ended since. */
    UPGRADED
}
