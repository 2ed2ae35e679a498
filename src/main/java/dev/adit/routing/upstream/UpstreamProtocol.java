package dev.adit.routing.upstream;

/** What the endpoints of an upstream speak, as the Service port's {@code appProtocol} says (KEP-3726). */
public enum UpstreamProtocol {
    HTTP1("http"),
    /** HTTP/2 without TLS, by prior knowledge: gRPC. */
    H2C("h2c"),
    /** TLS, with HTTP/2 where the endpoint offers it. Its certificate is not verified: no one knows its names. */
    HTTPS("https"),
    /** HTTP/1.1 to a client without TLS, else as {@link #HTTPS}: what the client has used. */
    AS_CLIENT("as-client");

    private final String text;

    UpstreamProtocol(String text) {
        this.text = text;
    }

    /**
     * The protocol that a Service port names; what is empty or unknown is HTTP/1.1, as it is for a Service that says
     * nothing.
     */
    public static UpstreamProtocol of(String appProtocol) {
        return switch (appProtocol) {
            case "kubernetes.io/h2c", "h2c", "grpc" -> H2C;
            case "https", "HTTPS", "kubernetes.io/wss" -> HTTPS;
            default -> HTTP1;
        };
    }

    /** What is spoken for a client that has come by TLS, or not. */
    public UpstreamProtocol of(boolean isSecure) {
        return this == AS_CLIENT ? isSecure ? HTTPS : HTTP1 : this;
    }

    /** Whether TLS may be spoken. */
    public boolean maySecure() {
        return this == HTTPS || this == AS_CLIENT;
    }

    @Override
    public String toString() {
        return text;
    }
}
