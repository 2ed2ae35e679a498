package dev.adit.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Secret;
import dev.adit.kube.kind.ServedKinds;
import dev.adit.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
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
        var json = ServedKinds.of(Secret.KIND).write(source);
        var pair = source.content().pair();
        if (pair.isPresent() && seal.isPresent()) {
            var key = Pem.encode("PRIVATE KEY", pair.get().key().getEncoded());
            json.put(
                    SEALED,
                    seal.get()
                            .seal(
                                    key.getBytes(StandardCharsets.US_ASCII),
                                    source.key().toString()));
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
}
