package dev.adit.x509;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** A P-256 key with a certificate that nobody vouches for (RFC 5280), for connections that no certificate fits. */
public record SelfSigned(PrivateKey key, X509Certificate certificate) {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final int DNS_NAME = 0x82;
    private static final int ADDRESS = 0x87;
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}([.][0-9]{1,3}){3}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /**
     * Valid from one day before now, so that a client whose clock is behind still takes it.
     *
     * @param subject a DNS name, or an address of IPv4
     */
    public static SelfSigned generate(String commonName, String subject, Instant now, Duration validity) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var name = Der.sequence(Der.encode(Der.SET, Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
            var algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
            var body = Der.sequence(
                    Der.encode(Der.CONTEXT, Der.integer(BigInteger.TWO)),
                    Der.integer(new BigInteger(127, new SecureRandom())),
                    algorithm,
                    name,
                    Der.sequence(time(now.minus(Duration.ofDays(1))), time(now.plus(validity))),
                    name,
                    pair.getPublic().getEncoded(),
                    Der.encode(Der.CONTEXT | 3, Der.sequence(alternativeName(subject))));
            var signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(body);
            var signature = Der.encode(Der.BIT_STRING, new byte[] {0}, signer.sign());
            var certificate = Der.sequence(body, algorithm, signature);
            var factory = CertificateFactory.getInstance("X.509");
            return new SelfSigned(pair.getPrivate(), (X509Certificate)
                    factory.generateCertificate(new ByteArrayInputStream(certificate)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a P-256 certificate", e);
        }
    }

    private static byte[] time(Instant instant) {
        return Der.encode(Der.GENERALIZED_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] alternativeName(String name) {
        var names = Der.sequence(
                IPV4.matcher(name).matches()
                        ? Der.encode(ADDRESS, InetAddress.ofLiteral(name).getAddress())
                        : Der.encode(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII)));
        return Der.sequence(Der.oid(SUBJECT_ALTERNATIVE_NAME), Der.encode(Der.OCTET_STRING, names));
    }
}
