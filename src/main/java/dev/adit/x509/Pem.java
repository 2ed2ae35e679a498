package dev.adit.x509;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Textual encodings of certificates and keys (RFC 7468), and the older key forms that openssl writes. */
public final class Pem {
    // Nothing is tried twice: whatever the text, it is read in one pass (CWE-1333).
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final Map<String, String> SIGNATURES = Map.of("EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EC = "1.2.840.10045.2.1";
    private static final byte[] NONE = {};
    private static final int LINE = 64;

    private Pem() {}

    /** The certificates in the order of the text; the message of the exception says what is wrong. */
    public static List<X509Certificate> certificates(String text) {
        var certificates = new ArrayList<X509Certificate>();
        for (var block : blocks(text)) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(certificate(block.der()));
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("holds no PEM block of type CERTIFICATE");
        }
        return certificates;
    }

    /** As text, of one block (RFC 7468). */
    public static String encode(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /** PKCS #8, PKCS #1 (RSA) or SEC 1 (EC); the message of the exception says what is wrong. */
    public static PrivateKey privateKey(String text) {
        for (var block : blocks(text)) {
            var pkcs8 = switch (block.label()) {
                case "PRIVATE KEY" -> block.der();
                case "RSA PRIVATE KEY" -> pkcs8(Der.sequence(Der.oid(RSA), Der.nil()), block.der());
                case "EC PRIVATE KEY" -> {
                    var curve = Der.child(block.der(), Der.CONTEXT);
                    yield pkcs8(Der.sequence(Der.oid(EC), curve), block.der());
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException("is encrypted; store it without a passphrase");
                default -> NONE;
            };
            if (pkcs8.length > 0) {
                return decode(pkcs8);
            }
        }
        throw new IllegalArgumentException("holds no PEM block of type PRIVATE KEY");
    }

    /** Whether the key is the one that the certificate was issued for. */
    public static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        var publicKey = certificate.getPublicKey();
        if (key instanceof RSAKey rsa) {
            return publicKey instanceof RSAKey other && rsa.getModulus().equals(other.getModulus());
        }
        var point = publicPoint(key);
        return point.length > 0
                ? Arrays.equals(point, Der.child(publicKey.getEncoded(), Der.BIT_STRING))
                : signsFor(key, publicKey);
    }

    /** The public half that SEC 1 lets a private key carry (RFC 5915, section 3), as a bit string; mostly it is there. */
    private static byte[] publicPoint(PrivateKey key) {
        if (!key.getAlgorithm().equals("EC") || key.getEncoded() == null) {
            return NONE;
        }
        var tagged = Der.child(Der.child(key.getEncoded(), Der.OCTET_STRING), Der.CONTEXT + 1);
        return tagged.length == 0 ? NONE : Der.child(Der.sequence(tagged), Der.BIT_STRING);
    }

    private static boolean signsFor(PrivateKey key, PublicKey publicKey) {
        try {
            var algorithm = SIGNATURES.getOrDefault(key.getAlgorithm(), key.getAlgorithm());
            var probe = new byte[] {1};
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(probe);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never kept
    private record Block(String label, byte[] der) {}

    private static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        var matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException _) {
                throw new IllegalArgumentException("has a PEM block that is not valid base64");
            }
        }
        return blocks;
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("has a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.encode(Der.OCTET_STRING, key));
    }

    private static PrivateKey decode(byte[] pkcs8) {
        for (var algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException _) {
                // The encoding names its algorithm; the factories of the others refuse it.
            }
        }
        throw new IllegalArgumentException("has a private key that is neither RSA, EC nor Ed25519, or is damaged");
    }
}
