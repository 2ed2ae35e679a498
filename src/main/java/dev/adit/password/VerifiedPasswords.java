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

    // Made once: to look for the algorithm takes as long as to use it.
    private final MessageDigest digest = sha256();

    /** Whether the hash is that of this password, and is known to be. */
    public boolean has(String hash, byte[] password) {
        var known = digests.get(hash);
        return known != null && MessageDigest.isEqual(known, digest.digest(password));
    }

    /** The hash is that of this password. */
    public void add(String hash, byte[] password) {
        digests.put(hash, digest.digest(password));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
