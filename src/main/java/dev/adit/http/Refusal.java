package dev.adit.http;

/** Every answer that Adit gives of its own, with the reason that the client reads. */
public enum Refusal {
    BAD_HOST(400, "the request needs exactly one valid Host"),
    BAD_TARGET(400, "the request target is not a valid path"),
    ENCODED_SLASH(400, "the path has an encoded slash or backslash, which is not served here"),
    BAD_SYNTAX(400, "the request is not valid HTTP"),
    BAD_FRAMING(400, "the request does not say clearly where its body ends"),
    BAD_MAX_FORWARDS(400, "Max-Forwards is not one number"),
    UPGRADE_OVERRUN(400, "bytes came behind an upgrade before it was answered"),
    METHOD_NOT_SUPPORTED(405, "CONNECT and TRACE are not served"),
    /** CONNECT: what follows may be the bytes of a tunnel. */
    TUNNEL_NOT_SUPPORTED(405, "CONNECT and TRACE are not served"),
    CLIENT_CERTIFICATE_UNACCEPTABLE(400, "this host is served to clients with a certificate of its authorities alone"),
    NOT_AUTHENTICATED(401, "the client has to say who it is"),
    REQUEST_TIMEOUT(408, "the request did not arrive in time"),
    BODY_TOO_LARGE(413, "the body is larger than this route takes"),
    URI_TOO_LONG(414, "the request target is too long"),
    MISDIRECTED(421, "this host asks for a certificate, and the connection was made without: open another one"),
    OTHER_LISTENER(421, "another listener has this host than the connection was made for: open another one"),
    FIELDS_TOO_LARGE(431, "the header fields are too large or too many"),
    CLIENT_CERTIFICATE_REQUIRED(403, "this path is served to clients with a certificate alone"),
    CLIENT_CERTIFICATE_INVALID(403, "the certificate of the client is not signed by an authority for this path"),
    CLIENT_SUBJECT_REFUSED(403, "this host is not served to the subject of the certificate"),
    ADDRESS_NOT_ADMITTED(403, "this path is not served to the address of the client"),
    FORBIDDEN(403, "the service that judges requests to this path refuses this one"),
    NO_ROUTE(404, "no rule matches this host and path"),
    UPGRADE_INTERCEPTED(501, "a route with interceptors cannot change the protocol"),
    TLS_INTERCEPTED(501, "a route with interceptors cannot verify endpoints, nor show them a certificate"),
    VERSION_NOT_SUPPORTED(505, "HTTP/1.0, HTTP/1.1 and HTTP/2 are served"),
    REWRITE_INVALID(500, "the rewrite of this route makes no valid path"),
    EXPRESSION_TOO_COSTLY(500, "a regular expression of the routes takes too long for this path"),
    EXTERNAL_AUTH_FAILED(500, "the service that judges requests to this path gave no clear answer"),
    UPSTREAM_CONNECT_FAILED(502, "the endpoint refused the connection"),
    UPSTREAM_FAILED(502, "the endpoint closed the connection or sent no valid response"),
    LOOP(508, "the request has passed this proxy too often"),
    ROUTE_UNAVAILABLE(503, "the rule for this path refers to something that does not exist"),
    NOT_READY(503, "the routes have not been read yet"),
    EXTERNAL_AUTH_OVERLOADED(503, "too many requests are being judged"),
    PASSWORDS_OVERLOADED(503, "too many passwords are being verified"),
    TOO_MANY_REQUESTS(503, "the client has made too many requests"),
    NO_ENDPOINT(503, "the service for this path has no ready endpoint"),
    UPSTREAM_OVERLOADED(503, "too many requests are waiting for this endpoint"),
    UPSTREAM_CONNECT_TIMEOUT(504, "the endpoint did not accept the connection in time"),
    UPSTREAM_TIMEOUT(504, "the endpoint did not respond in time");

    private final int status;
    private final String reason;

    Refusal(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** Whether what it answers may not end where it seems to, so that nothing after it is read as a request. */
    public boolean isEnding() {
        return switch (this) {
            case BAD_HOST,
                    BAD_TARGET,
                    BAD_SYNTAX,
                    BAD_FRAMING,
                    TUNNEL_NOT_SUPPORTED,
                    UPGRADE_OVERRUN,
                    VERSION_NOT_SUPPORTED,
                    REQUEST_TIMEOUT,
                    URI_TOO_LONG,
                    FIELDS_TOO_LARGE -> true;
            default -> false;
        };
    }

    /** Whether it is the endpoint that failed. */
    public boolean isOfEndpoint() {
        return this == UPSTREAM_FAILED
                || this == UPSTREAM_TIMEOUT
                || this == UPSTREAM_CONNECT_FAILED
                || this == UPSTREAM_CONNECT_TIMEOUT;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }
}
