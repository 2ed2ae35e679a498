package dev.adit.kube;

import java.net.InetAddress;

/** What can be dialled: the API server lets nothing else into a slice; a folder may hold anything. */
public final class AddressSyntax {
    // IPv6 with the name of an interface, the longest there is.
    private static final int LONGEST = 64;

    private AddressSyntax() {}

    /** Whether it is an address of IPv4 or IPv6. */
    public static boolean isAddress(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        if (isShortIpv4(text)) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Nearly all of them, without an object for each: four numbers of up to 255. */
    private static boolean isShortIpv4(String text) {
        var dots = 0;
        var number = -1;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '.' && number >= 0) {
                dots++;
                number = -1;
            } else if (c >= '0' && c <= '9' && number != 0) {
                number = Math.max(number, 0) * 10 + c - '0';
            } else {
                return false; // zeros that lead, and all that is no number, are left to the JDK
            }
            if (number > 255) {
                return false;
            }
        }
        return dots == 3 && number >= 0;
    }
}
