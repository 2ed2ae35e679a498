package dev.adit.kube.convert;

import dev.adit.kube.Secret;
import dev.adit.kube.wire.SecretObject;
import dev.adit.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Parses a TLS Secret once, when it arrives; its text is not kept. */
final class SecretConversion {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String AUTHORITIES = "ca.crt";
    private static final String TLS = "kubernetes.io/tls";

    private SecretConversion() {}

    static Secret convert(SecretObject source) {
        return new Secret(Conversions.key(source), content(source), authorities(source));
    }

    private static Secret.Content content(SecretObject source) {
        if (!TLS.equals(source.type())) {
            var message = "is %s, but has to be %s; make it with `kubectl create secret tls`"
                    .formatted(Conversions.text(source.type()).isEmpty() ? "Opaque" : source.type(), TLS);
            return broken("type", message, false);
        }
        var field = CERTIFICATE;
        try {
            var chain = Pem.certificates(text(source, CERTIFICATE));
            field = KEY;
            var key = Pem.privateKey(text(source, KEY));
            return Pem.belongTogether(key, chain.getFirst())
                    ? new Secret.Content.KeyPair(key, chain)
                    : broken(KEY, "is not the key of the certificate in " + CERTIFICATE, true);
        } catch (IllegalArgumentException e) {
            return broken(field, String.valueOf(e.getMessage()), false);
        }
    }

    private static Secret.Authorities authorities(SecretObject source) {
        if (!Conversions.map(source.data()).containsKey(AUTHORITIES)
                && !Conversions.map(source.stringData()).containsKey(AUTHORITIES)) {
            return new Secret.Authorities.None();
        }
        try {
            return new Secret.Authorities.Trusted(Pem.certificates(text(source, AUTHORITIES)));
        } catch (IllegalArgumentException e) {
            return new Secret.Authorities.Broken(String.valueOf(e.getMessage()));
        }
    }

    private static Secret.Content broken(String field, String message, boolean isMismatch) {
        return new Secret.Content.Broken(field, message, isMismatch, Optional.empty());
    }

    private static String text(SecretObject source, String field) {
        var plain = Conversions.map(source.stringData()).get(field);
        if (plain != null) {
            return plain;
        }
        var encoded = Conversions.map(source.data()).get(field);
        if (encoded == null) {
            throw new IllegalArgumentException("is missing");
        }
        try {
            return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("is not valid base64");
        }
    }
}
