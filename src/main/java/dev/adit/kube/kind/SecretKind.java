package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.key;
import static dev.adit.kube.kind.Fields.map;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Secret;
import dev.adit.kube.api.SecretObject;
import dev.adit.x509.Pem;
import dev.adit.x509.ServerChain;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Secret of the core API. A certificate is parsed once, when it arrives; its text is not kept. */
final class SecretKind {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String AUTHORITIES = Authorities.FIELD;
    private static final String TLS = "kubernetes.io/tls";
    // In characters, with the text that openssl can put before each.
    private static final int CERTIFICATE_LENGTH = 256 * 1024;
    private static final int KEY_LENGTH = 64 * 1024;
    // All together; the API server takes no larger Secret.
    private static final int TEXTS_LENGTH = 1024 * 1024;

    // Every other Secret stays where it is: Helm alone keeps hundreds of large ones.
    static final ServedKind<SecretObject, Secret> SERVED = ServedKind.of(
                    Secret.KIND,
                    SecretObject.class,
                    SecretObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    SecretKind::write)
            .only("type", TLS)
            .byName(Secret::unread);

    private SecretKind() {}

    static Secret read(SecretObject source) {
        return new Secret(key(source), content(source), authorities(source), texts(source));
    }

    /** Of one that is for a key pair none, since nothing else is looked for there. One that cannot be decoded is left out. */
    private static Map<String, String> texts(SecretObject source) {
        if (TLS.equals(source.type())) {
            return Map.of();
        }
        var texts = new HashMap<String, String>();
        var room = TEXTS_LENGTH;
        for (var name : Stream.concat(map(source.data()).keySet().stream(), map(source.stringData()).keySet().stream())
                .distinct()
                .toList()) {
            try {
                var text = plain(source, name, room);
                room -= text.length();
                texts.put(name, text);
            } catch (IllegalArgumentException | CharacterCodingException _) {
                // What needs it says that it is missing.
            }
        }
        return texts;
    }

    private static Secret.Content content(SecretObject source) {
        if (!TLS.equals(source.type())) {
            var message = "is %s, but must be %s; create it with `kubectl create secret tls`"
                    .formatted(text(source.type()).isEmpty() ? "Opaque" : source.type(), TLS);
            return broken("type", message, false);
        }
        var field = CERTIFICATE;
        try {
            var chain = Pem.certificates(entry(source, CERTIFICATE, CERTIFICATE_LENGTH));
            ServerChain.check(chain);
            field = KEY;
            var key = Pem.privateKey(entry(source, KEY, KEY_LENGTH));
            ServerChain.check(key);
            return Pem.belongTogether(key, chain.getFirst())
                    ? new Secret.Content.KeyPair(key, chain)
                    : broken(KEY, "is not the key of the certificate in " + CERTIFICATE, true);
        } catch (IllegalArgumentException e) {
            return broken(field, String.valueOf(e.getMessage()), false);
        } catch (Throwable e) {
            return broken(field, "cannot be read: " + e, false);
        }
    }

    /** As it was written: a replaced character would make one text of several. */
    private static String plain(SecretObject source, String name, int longest) throws CharacterCodingException {
        var plain = map(source.stringData()).get(name);
        if (plain != null) {
            return bounded(plain, longest);
        }
        var bytes = ByteBuffer.wrap(decoded(text(map(source.data()).get(name))));
        return bounded(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), longest);
    }

    /** Broken ones let nobody in. */
    private static Secret.Authorities authorities(SecretObject source) {
        if (!map(source.data()).containsKey(AUTHORITIES)
                && !map(source.stringData()).containsKey(AUTHORITIES)) {
            return new Secret.Authorities.None();
        }
        return Authorities.read(() -> entry(source, AUTHORITIES, Authorities.LONGEST));
    }

    private static Secret.Content broken(String field, String message, boolean isMismatch) {
        return new Secret.Content.Broken(field, message, isMismatch, Optional.empty());
    }

    private static String entry(SecretObject source, String field, int longest) {
        var plain = map(source.stringData()).get(field);
        if (plain != null) {
            return bounded(plain, longest);
        }
        var encoded = map(source.data()).get(field);
        if (encoded == null) {
            throw new IllegalArgumentException("is missing");
        }
        return bounded(new String(decoded(encoded), StandardCharsets.US_ASCII), longest);
    }

    private static byte[] decoded(String encoded) {
        try {
            return Base64.getMimeDecoder().decode(encoded);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("is not valid base64");
        }
    }

    private static String bounded(String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException(
                    "is %d characters long, and the limit is %d; remove what does not belong to it"
                            .formatted(text.length(), longest));
        }
        return text;
    }

    /** Without the key, which whoever keeps it has to seal. */
    private static ObjectNode write(Secret source) {
        var isOfAnotherType = source.content() instanceof Secret.Content.Broken broken
                && broken.field().equals("type");
        var json = object(source, "").put("type", isOfAnotherType ? "Opaque" : TLS);
        var data = json.putObject("data");
        source.content().pair().ifPresent(pair -> data.put(CERTIFICATE, certificates(pair.chain())));
        if (source.authorities() instanceof Secret.Authorities.Trusted(var trusted)) {
            data.put(AUTHORITIES, certificates(trusted));
        }
        return json;
    }

    private static String certificates(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (var certificate : certificates) {
            try {
                text.append(Pem.encode("CERTIFICATE", certificate.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a certificate that was read has no encoding", e);
            }
        }
        return Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
