package dev.adit.overload;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * The client that uses something.
 *
 * @param address the client's IPv4 address, or the first 64 bits of its IPv6 address: whoever has one address of such a
 *     network has all of them. Behind a trusted proxy the one that the proxy forwards
 * @param connection the connection, compared by identity
 */
public record Owner(String address, Object connection) {
    private static final int NETWORK_BYTES = 8;

    public Owner {
        address = address.indexOf(':') < 0 ? address : network(address);
    }

    /** What is not an address stands for itself. */
    private static String network(String address) {
        var colon = address.lastIndexOf(':');
        if (address.indexOf(':') == colon || address.startsWith("[")) {
            // With the port that some proxies add, which would make each connection another client.
            return network(address.substring(0, address.startsWith("[") ? Math.max(colon, 1) : colon), address);
        }
        return network(address, address);
    }

    private static String network(String literal, String otherwise) {
        var bare =
                literal.startsWith("[") && literal.endsWith("]") ? literal.substring(1, literal.length() - 1) : literal;
        try {
            var inet = InetAddress.ofLiteral(bare);
            return inet instanceof Inet6Address
                    ? HexFormat.of().formatHex(inet.getAddress(), 0, NETWORK_BYTES)
                    : inet.getHostAddress();
        } catch (IllegalArgumentException _) {
            return otherwise;
        }
    }
}
