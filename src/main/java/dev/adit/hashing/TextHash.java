package dev.adit.hashing;

import java.security.SecureRandom;

/**
 * Hashes of texts that users choose. Texts with equal {@link String#hashCode()} can be written down by the thousand, and a
 * table of them is looked through one by one: 16,000 such hosts took a translation a quarter of a minute (CWE-407). A
 * table of Strings themselves is safe, since it sorts what has equal hashes; one of keys that are made of them is not.
 *
 * <p>The text is a polynomial over the numbers below a prime, at a point that nobody knows: two texts are equal there with a
 * chance of their length by two milliards.
 */
public final class TextHash {
    private static final long PRIME = Integer.MAX_VALUE; // 2^31 - 1
    // The native executable chooses it at run time too: see the build arguments in pom.xml.
    private static final long POINT = new SecureRandom().nextInt(1 << 16, Integer.MAX_VALUE);
    private static final int SPREAD = 0x9e37_79b9;

    private TextHash() {}

    public static int of(String text) {
        return with(0, text);
    }

    /** Of several texts, one after the other. */
    public static int of(String one, String two) {
        return with(with(1, one), two);
    }

    private static int with(int before, String text) {
        // The length tells texts apart that differ by zeros at their beginning.
        var hash = (before & PRIME) + text.length() + 1;
        for (var i = 0; i < text.length(); i++) {
            var next = hash * POINT + text.charAt(i);
            hash = (next & PRIME) + (next >>> 31);
        }
        // To the upper bits as well, which tables do not look at first.
        var folded = (int) (hash % PRIME);
        return folded * SPREAD;
    }
}
