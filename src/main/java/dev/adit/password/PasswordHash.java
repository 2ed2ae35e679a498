package dev.adit.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * The hash of a password as htpasswd and nginx know it: bcrypt, APR1, the formats of crypt(3), {@code {SHA}}, {@code {SSHA}} and
 * {@code {PLAIN}}.
 */
public final class PasswordHash {
    private static final int LONGEST_HASH = 512;
    // In bytes: what a hash of many rounds takes grows with it.
    private static final int LONGEST_PASSWORD = 256;
    private static final String PLAIN = "{PLAIN}";
    private static final String SHA = "{SHA}";
    private static final String SALTED_SHA = "{SSHA}";
    private static final int SHA_BYTES = 20;
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");
    private static final Pattern APR1 = Pattern.compile("\\$apr1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}");
    // Without a number of rounds, or with one that does not keep a processor busy for long.
    private static final Pattern CRYPT = Pattern.compile(
            "(\\$1\\$[./A-Za-z0-9]{1,8}|\\$[56]\\$(rounds=[0-9]{1,5}\\$)?[./A-Za-z0-9]{1,16})\\$[./A-Za-z0-9]{22,86}");
    private static final Pattern TRADITIONAL = Pattern.compile("[./A-Za-z0-9]{13}");

    private PasswordHash() {}

    /** Whether to verify a password takes so long that no event loop may do it. */
    public static boolean isSlow(String hash) {
        return !hash.startsWith("{") && hash.length() <= LONGEST_HASH;
    }

    /** Whether the hash is that of the password. One in a format that is not known, or takes far too long, is that of none; and a password has at most 256 bytes. */
    public static boolean verify(String hash, byte[] password) {
        if (hash.length() > LONGEST_HASH || password.length > LONGEST_PASSWORD) {
            return false;
        }
        try {
            if (hash.startsWith(PLAIN)) {
                return equal(hash.substring(PLAIN.length()).getBytes(StandardCharsets.UTF_8), password);
            }
            if (hash.startsWith(SHA)) {
                return equal(Base64.getDecoder().decode(hash.substring(SHA.length())), sha(password, new byte[0]));
            }
            if (hash.startsWith(SALTED_SHA)) {
                return salted(Base64.getDecoder().decode(hash.substring(SALTED_SHA.length())), password);
            }
            return crypt(hash, password);
        } catch (IllegalArgumentException _) {
            return false; // not what its beginning says
        }
    }

    private static boolean crypt(String hash, byte[] password) {
        if (BCRYPT.matcher(hash).matches()) {
            return BCrypt.verifyer().verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
        }
        // The libraries wipe what they are given.
        if (APR1.matcher(hash).matches()) {
            return equal(hash, Md5Crypt.apr1Crypt(password.clone(), hash));
        }
        return (CRYPT.matcher(hash).matches() || TRADITIONAL.matcher(hash).matches())
                && equal(hash, Crypt.crypt(password.clone(), hash));
    }

    private static boolean salted(byte[] digest, byte[] password) {
        return digest.length > SHA_BYTES
                && equal(
                        Arrays.copyOf(digest, SHA_BYTES),
                        sha(password, Arrays.copyOfRange(digest, SHA_BYTES, digest.length)));
    }

    private static byte[] sha(byte[] password, byte[] salt) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(password);
            return digest.digest(salt);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is part of every Java", e);
        }
    }

    private static boolean equal(String one, String other) {
        return equal(one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /** In a time that does not show where they differ. */
    private static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
