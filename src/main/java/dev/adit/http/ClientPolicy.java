package dev.adit.http;

/**
 * How clients are treated.
 *
 * @param proxyProtocol whether every connection begins with a PROXY header (v1 or v2), as load balancers send it
 * @param h2c whether HTTP/2 is served without TLS, to those who begin with it
 */
public record ClientPolicy(Limits limits, TrustedPeers trusted, boolean proxyProtocol, boolean h2c) {
    public static final ClientPolicy DEFAULT = new ClientPolicy(Limits.DEFAULT, TrustedPeers.NONE, false, false);
}
