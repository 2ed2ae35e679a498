package dev.adit.kube.convert;

import dev.adit.kube.Secret;
import dev.adit.kube.api.SecretObject;
import dev.adit.x509.ClientChain;
import dev.adit.x509.Pem;
import dev.adit.x509.ServerChain;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Parses a TLS Secret once, when it arrives; its text is not kept. */
final class SecretConversion {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final String AUTHORITIES = "ca.crt";
    private static final String TLS = "kubernetes.io/tls";
    // In characters, with the text that openssl can put before each.
    private static final int CERTIFICATE_LENGTH = 256 * 1024;
    private static final int KEY_LENGTH = 64 * 1024;
    private static final int AUTHORITIES_LENGTH = 1024 * 1024;

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
            var chain = Pem.certificates(text(source, CERTIFICATE, CERTIFICATE_LENGTH));
            ServerChain.check(chain);
            field = KEY;
            var key = Pem.privateKey(text(source, KEY, KEY_LENGTH));
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

    /** Broken ones let nobody in. */
    private static Secret.Authorities authorities(SecretObject source) {
        if (!Conversions.map(source.data()).containsKey(AUTHORITIES)
                && !Conversions.map(source.stringData()).containsKey(AUTHORITIES)) {
            return new Secret.Authorities.None();
        }
        try {
            var certificates = Pem.certificates(text(source, AUTHORITIES, AUTHORITIES_LENGTH));
            ClientChain.checkAuthorities(certificates);
            return new Secret.Authorities.Trusted(certificates);
        } catch (IllegalArgumentException e) {
            return new Secret.Authorities.Broken(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            return new Secret.Authorities.Broken("cannot be read: " + e);
        }
    }

    private static Secret.Content broken(String field, String message, boolean isMismatch) {
        return new Secret.Content.Broken(field, message, isMismatch, Optional.empty());
    }

    private static String text(SecretObject source, String field, int longest) {
        var plain = Conversions.map(source.stringData()).get(field);
        if (plain != null) {
            return bounded(plain, longest);
        }
        var encoded = Conversions.map(source.data()).get(field);
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
                    "is %d characters long, and read up to %d; leave out what is no part of it"
                            .formatted(text.length(), longest));
        }
        return text;
    }
}
