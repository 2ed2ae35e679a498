package dev.adit.tls;

import dev.adit.routing.Certificate;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secrets by which session tickets are encrypted, where the operator gives some: sessions are then resumed after a restart, and
 * with another replica that has the same secrets. The first one encrypts, and the others decrypt what was encrypted before.
 *
 * <p>No ticket is encrypted by a secret itself but by a key that is derived for one context: where all contexts had the same
 * keys, a session could be resumed with a host that asks clients for more than its own.
 */
public final class TicketKeys {
    /** None: each context makes keys of its own, which end with the process. */
    public static final TicketKeys NONE = new TicketKeys(List.of());

    private static final int FEWEST_BYTES = 32;
    private static final int MOST_SECRETS = 16;
    private static final int LONGEST_FILE = 16 * 1024;
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = OpenSslSessionTicketKey.NAME_SIZE
            + OpenSslSessionTicketKey.HMAC_KEY_SIZE
            + OpenSslSessionTicketKey.AES_KEY_SIZE;

    private final List<byte[]> secrets;

    private TicketKeys(List<byte[]> secrets) {
        this.secrets = secrets;
    }

    /**
     * Reads a file with one secret in each line, which is at least 32 random bytes in Base64. Empty lines and those that begin with
     * {@code #} say nothing.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no secret, or something else; the message shows no part of a secret
     */
    public static TicketKeys read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LONGEST_FILE + 1);
            if (bytes.length > LONGEST_FILE) {
                throw new IllegalArgumentException("it is longer than " + LONGEST_FILE + " bytes");
            }
            return parse(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    static TicketKeys parse(String text) {
        var secrets = new ArrayList<byte[]>();
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            var secret = line.strip();
            if (!secret.isEmpty() && !secret.startsWith("#")) {
                secrets.add(secret(secret, number));
            }
        }
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("it holds no secret");
        }
        if (secrets.size() > MOST_SECRETS) {
            throw new IllegalArgumentException("it holds more than " + MOST_SECRETS + " secrets");
        }
        return new TicketKeys(secrets);
    }

    private static byte[] secret(String text, int line) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("line " + line + " is not Base64");
        }
        if (secret.length < FEWEST_BYTES) {
            throw new IllegalArgumentException(
                    "line " + line + " holds " + secret.length + " bytes, and a secret has at least " + FEWEST_BYTES);
        }
        return secret;
    }

    /**
     * The keys of one context, which nobody has who differs in anything that its sessions were judged by.
     *
     * @param hosts that it is for
     * @param certificates that it shows
     * @param judges the authorities that it judges clients by
     */
    OpenSslSessionTicketKey[] of(List<String> hosts, List<Certificate> certificates, Set<X509Certificate> judges) {
        if (secrets.isEmpty()) {
            return new OpenSslSessionTicketKey[0];
        }
        var context = context(hosts, certificates, judges);
        return secrets.stream().map(secret -> key(secret, context)).toArray(OpenSslSessionTicketKey[]::new);
    }

    // DER says its length, and never begins with a zero.
    private static byte[] context(List<String> hosts, List<Certificate> certificates, Set<X509Certificate> judges) {
        var context = new ByteArrayOutputStream();
        for (var host : hosts) {
            context.writeBytes(host.getBytes(StandardCharsets.UTF_8));
            context.write(0);
        }
        certificates.stream()
                .flatMap(certificate -> certificate.chain().stream())
                .map(TicketKeys::der)
                .forEach(context::writeBytes);
        context.write(0);
        judges.stream().map(TicketKeys::der).sorted(Arrays::compare).forEach(context::writeBytes);
        return context.toByteArray();
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has its bytes", e);
        }
    }

    // NIST SP 800-108, a key derivation function in counter mode.
    private static OpenSslSessionTicketKey key(byte[] secret, byte[] context) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            var derived = new byte[2 * mac.getMacLength()];
            for (var i = 0; i < 2; i++) {
                mac.update((byte) (i + 1));
                System.arraycopy(mac.doFinal(context), 0, derived, i * mac.getMacLength(), mac.getMacLength());
            }
            var hmac = OpenSslSessionTicketKey.NAME_SIZE;
            var aes = hmac + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
            return new OpenSslSessionTicketKey(
                    Arrays.copyOfRange(derived, 0, hmac),
                    Arrays.copyOfRange(derived, hmac, aes),
                    Arrays.copyOfRange(derived, aes, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(MAC + " is part of every Java", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TicketKeys keys
                && secrets.size() == keys.secrets.size()
                && Arrays.deepEquals(secrets.toArray(), keys.secrets.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(secrets.toArray());
    }

    /** How many there are; never what they are. */
    @Override
    public String toString() {
        return secrets.size() + (secrets.size() == 1 ? " secret" : " secrets");
    }
}
