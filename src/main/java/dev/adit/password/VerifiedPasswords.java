package dev.adit.password;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Passwords that were right lately, by their hashes, so that each is verified once and not with every request. Of one thread. */
public final class VerifiedPasswords {
    private static final int MOST = 4_096;

    private final Map<String, byte[]> digests = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST;
        }
    };

    /** Whether the hash is that of this password, and is known to be. */
    public boolean has(String hash, byte[] password) {
        return MessageDigest.isEqual(digests.get(hash), digest(password));
    }

    /** The hash is that of this password. */
    public void add(String hash, byte[] password) {
        digests.put(hash, digest(password));
    }

    private static byte[] digest(byte[] password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
