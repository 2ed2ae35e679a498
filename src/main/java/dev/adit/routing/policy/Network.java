package dev.adit.routing.policy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses, written as RFC 4632 and RFC 4291 write it. */
public final class Network {
    private static final Pattern LEADING_ZERO = Pattern.compile("(?:^|[.])0[0-9]");

    private final String text;
    private final byte[] address;
    private final int bits;

    private Network(String text, byte[] address, int bits) {
        this.text = text;
        this.address = address;
        this.bits = bits;
    }

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one address; empty for anything else. */
    public static Optional<Network> of(String text) {
        var slash = text.indexOf('/');
        var address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return Optional.empty();
        }
        var most = address.length * 8;
        var bits = slash < 0 ? most : number(text.substring(slash + 1), most);
        return bits < 0 ? Optional.empty() : Optional.of(new Network(text, address, bits));
    }

    private static byte @Nullable [] literal(String text) {
        // With a zone it is an address of this machine alone, and a number alone would be one of another notation.
        // What begins with a zero some read as octal.
        if (text.indexOf('%') >= 0
                || (text.indexOf(':') < 0 && LEADING_ZERO.matcher(text).find())
                || (text.indexOf(':') < 0 && text.chars().filter(c -> c == '.').count() != 3)) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static int number(String text, int most) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        var bits = Integer.parseInt(text);
        return bits <= most ? bits : -1;
    }

    /** The IPv4 address that an IPv6 address stands for (RFC 4291 §2.5.5.2); another address is what it is. */
    public static byte[] unmapped(byte[] address) {
        if (address.length != 16 || address[10] != -1 || address[11] != -1) {
            return address;
        }
        for (var i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return address;
            }
        }
        return Arrays.copyOfRange(address, 12, 16);
    }

    /** Whether it contains an address, which has 4 bytes or 16. */
    public boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        var whole = bits / 8;
        var rest = bits % 8;
        return Arrays.equals(address, 0, whole, other, 0, whole)
                && (rest == 0 || ((address[whole] ^ other[whole]) & (0xff << (8 - rest))) == 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network that && bits == that.bits && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + bits;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
