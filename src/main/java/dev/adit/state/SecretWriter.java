package dev.adit.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Secret;
import dev.adit.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes Secrets: certificates as they are, keys sealed; without a seal no key at all. */
final class SecretWriter {
    private static final String SEALED = "sealed";
    private static final String KEY = "tls.key";

    private final Optional<KeySeal> seal;

    SecretWriter(Optional<KeySeal> seal) {
        this.seal = seal;
    }

    ObjectNode write(Secret source) {
        var json = ObjectWriter.object("v1", "Secret", source.key(), "").put("type", "kubernetes.io/tls");
        var data = json.putObject("data");
        var pair = pair(source.content());
        if (pair.isPresent() && seal.isPresent()) {
            data.put("tls.crt", certificates(pair.get().chain()));
            var key = Pem.encode("PRIVATE KEY", pair.get().key().getEncoded());
            json.put(SEALED, seal.get().seal(bytes(key), source.key().toString()));
        }
        if (source.authorities() instanceof Secret.Authorities.Trusted(var trusted)) {
            data.put("ca.crt", certificates(trusted));
        }
        return json;
    }

    /** Puts the key back where the API has it; what cannot be opened stays away. */
    void unseal(ObjectNode json, String name) throws GeneralSecurityException {
        var sealed = json.path(SEALED).asText();
        if (!sealed.isEmpty() && seal.isPresent() && json.get("data") instanceof ObjectNode data) {
            data.put(KEY, Base64.getEncoder().encodeToString(seal.get().open(sealed, name)));
        }
    }

    /** What is served: after a fault, what was good before. */
    private static Optional<Secret.Content.KeyPair> pair(Secret.Content content) {
        return switch (content) {
            case Secret.Content.KeyPair pair -> Optional.of(pair);
            case Secret.Content.Broken broken -> broken.lastGood();
            case Secret.Content.Gone(var lastGood) -> Optional.of(lastGood);
            case Secret.Content.Unread _ -> Optional.empty();
        };
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
        return Base64.getEncoder().encodeToString(bytes(text.toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
