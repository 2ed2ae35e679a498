package dev.adit.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces of digests (RFC 7616 §3.3). One is known by its signature, so that whoever asks for many fills nothing; what is kept is how
 * often each was used by those who knew a password, so that no request is repeated by somebody else (§5.4). Of any thread.
 */
public final class DigestNonces {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST = 4_096;
    private static final int TIME = 16;
    private static final int RANDOM = 16;
    private static final int SIGNATURE = 32;
    private static final int WINDOW = 64;
    private static final HexFormat HEX = HexFormat.of();

    private final LongSupplier millis;
    private final SecureRandom random = new SecureRandom();
    private final Mac mac;
    // By the nonce, which begins with its time: the oldest is the first.
    private final TreeMap<String, Uses> used = new TreeMap<>();
    // One that is not newer has been used, or may have been.
    private long forgotten = Long.MIN_VALUE;

    /** Which counts of a nonce have come: the highest, and those shortly before it. */
    private static final class Uses {
        private long highest;
        private long window;

        boolean take(long count) {
            if (count > highest) {
                var shift = count - highest;
                window = shift >= WINDOW ? 1 : (window << shift) | 1;
                highest = count;
                return true;
            }
            var bit = highest - count;
            if (bit >= WINDOW || (window & (1L << bit)) != 0) {
                return false;
            }
            window |= 1L << bit;
            return true;
        }
    }

    /**
     * Without any.
     *
     * @param millis a clock that never goes back, and is never negative
     */
    public DigestNonces(LongSupplier millis) {
        this.millis = millis;
        var key = new byte[32];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    /** A new one. */
    public synchronized String issue() {
        var text = HEX.toHexDigits(millis.getAsLong()) + HEX.toHexDigits(random.nextLong());
        return text + signature(text);
    }

    /** Whether a nonce is one of these that is not too old, and has not been used with this count; now it has been. */
    public synchronized boolean use(String nonce, long count) {
        if (count < 1 || nonce.length() != TIME + RANDOM + SIGNATURE || !isSigned(nonce)) {
            return false;
        }
        var now = millis.getAsLong();
        var issued = issuedAt(nonce);
        if (now - issued > LIFE.toMillis()) {
            return false;
        }
        var uses = used.get(nonce);
        if (uses == null) {
            if (issued <= forgotten) {
                return false;
            }
            forget(now);
            uses = new Uses();
            used.put(nonce, uses);
        }
        return uses.take(count);
    }

    private boolean isSigned(String nonce) {
        var signature = signature(nonce.substring(0, TIME + RANDOM)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(signature, nonce.substring(TIME + RANDOM).getBytes(StandardCharsets.ISO_8859_1));
    }

    private String signature(String text) {
        var all = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        return HEX.formatHex(all, 0, SIGNATURE / 2);
    }

    private static long issuedAt(String nonce) {
        return HexFormat.fromHexDigitsToLong(nonce, 0, TIME);
    }

    /** Those that are too old, and the oldest where there are too many: their clients are told to take another. */
    private void forget(long now) {
        while (!used.isEmpty() && (used.size() >= MOST || now - issuedAt(used.firstKey()) > LIFE.toMillis())) {
            forgotten = Math.max(forgotten, issuedAt(used.firstKey()));
            used.pollFirstEntry();
        }
    }
}
