package dev.adit.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Seals private keys (AES-256-GCM), each bound to the name of its Secret. */
final class KeySeal {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    KeySeal(SecretKey key) {
        this.key = key;
    }

    String seal(byte[] plain, String name) {
        try {
            var nonce = new byte[NONCE];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain);
            var all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /** Fails where it was sealed with another key, for another name, or has changed since. */
    byte[] open(String sealed, String name) throws GeneralSecurityException {
        var all = Base64.getDecoder().decode(sealed);
        if (all.length <= NONCE) {
            throw new GeneralSecurityException("too short");
        }
        var nonce = Arrays.copyOf(all, NONCE);
        return cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(all, NONCE, all.length - NONCE);
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
