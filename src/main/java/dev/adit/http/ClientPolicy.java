package dev.adit.http;

/**
 * How clients are treated.
 *
 * @param proxyProtocol whether every connection begins with a PROXY header (v1 or v2), as load balancers send it
 * @param h2c whether HTTP/2 is served without TLS, to those who begin with it
 * @param slashes what happens to paths with encoded slashes
 */
public record ClientPolicy(
        Limits limits, TrustedPeers trusted, boolean proxyProtocol, boolean h2c, EncodedSlashes slashes) {
    public static final ClientPolicy DEFAULT = new ClientPolicy(Limits.DEFAULT, TrustedPeers.NONE, false, false);

    /** Encoded slashes pass, as they do by default. */
    public ClientPolicy(Limits limits, TrustedPeers trusted, boolean proxyProtocol, boolean h2c) {
        this(limits, trusted, proxyProtocol, h2c, EncodedSlashes.PASS);
    }
}
