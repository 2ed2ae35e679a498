package dev.adit.kube.convert;

import dev.adit.kube.TlsSecret;
import dev.adit.kube.wire.SecretObject;
import dev.adit.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Parses a TLS Secret once, when it arrives; its text is not kept. */
final class SecretConversion {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private SecretConversion() {}

    static TlsSecret convert(SecretObject source) {
        return new TlsSecret(Conversions.key(source), content(source));
    }

    private static TlsSecret.Content content(SecretObject source) {
        var field = CERTIFICATE;
        try {
            var chain = Pem.certificates(text(source, CERTIFICATE));
            field = KEY;
            var key = Pem.privateKey(text(source, KEY));
            return Pem.belongTogether(key, chain.getFirst())
                    ? new TlsSecret.Content.KeyPair(key, chain)
                    : broken(KEY, "is not the key of the certificate in " + CERTIFICATE, true);
        } catch (IllegalArgumentException e) {
            return broken(field, String.valueOf(e.getMessage()), false);
        }
    }

    private static TlsSecret.Content broken(String field, String message, boolean isMismatch) {
        return new TlsSecret.Content.Broken(field, message, isMismatch, Optional.empty());
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
