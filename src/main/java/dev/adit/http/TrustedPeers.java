package dev.adit.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The networks of the proxies in front of Adit, whose word about the client is taken. */
public record TrustedPeers(List<Network> networks) {
    public static final TrustedPeers NONE = new TrustedPeers(List.of());

    /** An address and how many of its leading bits count. */
    public record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            var own = address.getAddress();
            var theirs = other.getAddress();
            if (own.length != theirs.length) {
                return false;
            }
            var whole = bits / 8;
            var mask = 0xff << (8 - bits % 8);
            return Arrays.equals(own, 0, whole, theirs, 0, whole)
                    && (bits % 8 == 0 || (own[whole] & mask) == (theirs[whole] & mask));
        }
    }

    /**
     * Reads networks.
     *
     * @param texts addresses, or networks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException naming the one that is neither
     */
    public static TrustedPeers parse(List<String> texts) {
        var networks = new ArrayList<Network>();
        for (var text : texts) {
            networks.add(network(text.strip()));
        }
        return new TrustedPeers(List.copyOf(networks));
    }

    public boolean contains(InetAddress peer) {
        return networks.stream().anyMatch(network -> network.contains(peer));
    }

    private static Network network(String text) {
        var slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            var all = address.getAddress().length * 8;
            var bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new Network(address, bits);
            }
        } catch (IllegalArgumentException _) {
            // Said below, with what would do.
        }
        throw new IllegalArgumentException("'" + text + "' is no network; write one as 10.0.0.0/8 or fd00::/8");
    }
}
