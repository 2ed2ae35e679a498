package dev.adit.state;

import dev.adit.kube.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of {@code --state-key}, from which one key for each purpose is derived (HKDF, RFC 5869). */
public final class StateKey {
    private static final String HMAC = "HmacSHA256";
    private static final byte[] SALT = ascii("adit state");
    private static final byte[] SEALING = ascii("seal private keys");
    private static final byte[] AUTHENTICATING = ascii("authenticate the file");
    // A checksum, and nothing else: everybody knows this key.
    private static final byte[] NONE = ascii("no --state-key");
    private static final int SHORTEST_KEY = 32;
    private static final int LONGEST_KEY = 1 << 20;

    private final KeySeal seal;
    private final byte[] authenticating;

    private StateKey(byte[] content) {
        var extracted = hmac(SALT).doFinal(content);
        this.seal = new KeySeal(new SecretKeySpec(expand(extracted, SEALING), "AES"));
        this.authenticating = expand(extracted, AUTHENTICATING);
    }

    /**
     * By the content of a file, whatever it is.
     *
     * @throws SourceException if it cannot be read or is too short to be a key
     */
    public static StateKey of(Path file) {
        try (var in = Files.newInputStream(file)) {
            var content = in.readNBytes(LONGEST_KEY + 1);
            if (content.length < SHORTEST_KEY || content.length > LONGEST_KEY) {
                var size = content.length < SHORTEST_KEY
                        ? "holds " + content.length + " bytes, which is too short"
                        : "holds more than a mebibyte, which is no key";
                throw new SourceException(
                        "--state-key: '" + file + "' " + size + "; make one with `head -c 32 /dev/urandom`");
            }
            return new StateKey(content);
        } catch (IOException e) {
            throw new SourceException("--state-key: '" + file + "' cannot be read: " + e);
        }
    }

    KeySeal seal() {
        return seal;
    }

    /** Authenticates a file by this key. */
    Mac authenticator() {
        return hmac(authenticating);
    }

    /** Tells damage to a file that no key authenticates. */
    static Mac checksum() {
        return hmac(NONE);
    }

    /** RFC 5869 §2.3, for one block. */
    private static byte[] expand(byte[] extracted, byte[] purpose) {
        var mac = hmac(extracted);
        mac.update(purpose);
        mac.update((byte) 1);
        return mac.doFinal();
    }

    private static Mac hmac(byte[] key) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + HMAC, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
