package dev.adit.hashing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash for names of objects, the same in every process: nobody finds two texts with the same one by chance. */
public final class ShortHash {
    private static final int BYTES = 8;

    /** Of what {@link #of} gives. */
    public static final int LENGTH = 2 * BYTES;

    private ShortHash() {}

    /** Lower-case hexadecimal digits. */
    public static String of(String text) {
        return of(text, BYTES);
    }

    /** The same of a length: two digits for each byte, of which there are at most 32. */
    public static String of(String text, int bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
