package dev.adit.kube;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Secret, whose certificates were parsed when it arrived.
 *
 * @param content its key pair, tls.crt and tls.key
 * @param authorities its ca.crt, by which the certificates of clients are judged
 * @param texts all entries of one that is for no key pair, such as the file of passwords
 */
public record Secret(ObjectKey key, Content content, Authorities authorities, Map<String, String> texts)
        implements KubeObject {
    public static final Kind<Secret> KIND = Kind.of("v1", "Secret", "secrets", Secret.class);

    public Secret {
        // Not Map.copyOf, where names that were made to collide take quadratic time.
        texts = Collections.unmodifiableMap(new HashMap<>(texts));
    }

    /** One without other entries. */
    public Secret(ObjectKey key, Content content, Authorities authorities) {
        this(key, content, authorities, Map.of());
    }

    /** Without what nobody but its owner may see. */
    @Override
    public String toString() {
        return "Secret " + key;
    }

    @Override
    public boolean isRead() {
        return !(content instanceof Content.Unread);
    }

    /** One that is being asked for. */
    public static Secret unread(ObjectKey key) {
        return new Secret(key, new Content.Unread(), new Authorities.Unread());
    }

    public sealed interface Content {
        /** What is served: after a fault, what was good before. */
        default Optional<KeyPair> pair() {
            return switch (this) {
                case KeyPair pair -> Optional.of(pair);
                case Broken broken -> broken.lastGood();
                case Gone(var lastGood) -> Optional.of(lastGood);
                case Unread _ -> Optional.empty();
            };
        }

        /** The leaf certificate comes first in the chain. */
        record KeyPair(PrivateKey key, List<X509Certificate> chain) implements Content {}

        /**
         * What is wrong, with the key of the Secret that holds it.
         *
         * @param isMismatch whether certificate and key are both sound, and do not belong together
         * @param lastGood what it held before
         */
        record Broken(String field, String message, boolean isMismatch, Optional<KeyPair> lastGood)
                implements Content {}

        /** It is being asked for. */
        record Unread() implements Content {}

        /** The Secret is not there any more, and this is what it held. */
        record Gone(KeyPair lastGood) implements Content {}
    }

    public sealed interface Authorities {
        /** It has no ca.crt. */
        record None() implements Authorities {}

        /** Whom clients are believed that they are. */
        record Trusted(List<X509Certificate> certificates) implements Authorities {}

        /** It is being asked for. */
        record Unread() implements Authorities {}

        /** What is wrong with ca.crt. */
        record Broken(String message) implements Authorities {}
    }

    @Override
    public Kind<Secret> kind() {
        return KIND;
    }
}
