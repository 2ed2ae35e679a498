package dev.adit.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as nobody makes them, of the primes of Mersenne, which need no search. */
class KeyLimitsTest {
    private static final BigInteger E = BigInteger.valueOf(65_537);

    @Test
    void a_key_of_more_than_4096_bits_does_not_sign_here() throws Exception {
        // 8,676 bits.
        var p = mersenne(4_253);
        var q = mersenne(4_423);
        assertThatThrownBy(() -> KeyLimits.check(privateKey(p, q, E)))
                .hasMessageContaining("RSA key of 8676 bits")
                .hasMessageContaining("at most 4096");
        assertThatThrownBy(() -> KeyLimits.check(publicKey(p.multiply(q), E), KeyLimits.SIGNING_BITS))
                .hasMessageContaining("8676");
        assertThatThrownBy(() -> KeyLimits.check(publicKey(p.multiply(q), E), KeyLimits.VERIFYING_BITS))
                .hasMessageContaining("8676");
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "RSA, 4096", "EC, 256", "EC, 384", "EC, 521", "Ed25519, 0"})
    void the_keys_that_people_have_are_served(String algorithm, int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (bits > 0) {
            generator.initialize(bits);
        }
        var pair = generator.generateKeyPair();
        assertThatCode(() -> KeyLimits.check(pair.getPrivate())).doesNotThrowAnyException();
        assertThatCode(() -> KeyLimits.check(pair.getPublic(), KeyLimits.SIGNING_BITS))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"Ed448, 0", "DSA, 2048", "X25519, 0", "DH, 2048"})
    void other_keys_are_not(String algorithm, int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (bits > 0) {
            generator.initialize(bits);
        }
        var pair = generator.generateKeyPair();
        assertThatThrownBy(() -> KeyLimits.check(pair.getPrivate())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyLimits.check(pair.getPublic(), KeyLimits.SIGNING_BITS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_number_inside_of_a_key_makes_it_slow() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        var good = (java.security.interfaces.RSAPrivateCrtKey)
                generator.generateKeyPair().getPrivate();
        var n = good.getModulus();
        var p = good.getPrimeP();
        var q = good.getPrimeQ();
        // The exponent is the same modulo p - 1, and a thousand times as long.
        var slow = good.getPrimeExponentP().add(p.subtract(BigInteger.ONE).shiftLeft(2_000_000));
        refused(new RSAPrivateCrtKeySpec(
                n, E, good.getPrivateExponent(), p, q, slow, good.getPrimeExponentQ(), good.getCrtCoefficient()));
        refused(new RSAPrivateCrtKeySpec(
                n,
                E,
                good.getPrivateExponent(),
                p.multiply(q),
                BigInteger.ONE,
                good.getPrimeExponentP(),
                good.getPrimeExponentQ(),
                good.getCrtCoefficient()));
        refused(new RSAPrivateCrtKeySpec(
                n,
                E,
                good.getPrivateExponent(),
                p,
                q,
                good.getPrimeExponentP(),
                good.getPrimeExponentQ(),
                good.getCrtCoefficient().shiftLeft(1_000_000)));
        assertThatThrownBy(() -> KeyLimits.check(KeyFactory.getInstance("RSA")
                        .generatePrivate(new RSAPrivateKeySpec(n, good.getPrivateExponent()))))
                .hasMessageContaining("no prime factors");
        // Two factors of which one is nearly everything.
        assertThatThrownBy(() -> KeyLimits.check(privateKey(mersenne(3_217), mersenne(607), E)))
                .hasMessageContaining("do not fit together");
        assertThatThrownBy(() -> KeyLimits.check(publicKey(n, E.shiftLeft(1_000).add(BigInteger.ONE)), 4_096))
                .hasMessageContaining("exponent");
    }

    @Test
    void a_chain_is_as_long_as_chains_are() {
        var certificate = certificate();
        ServerChain.check(Collections.nCopies(10, certificate));
        assertThatThrownBy(() -> ServerChain.check(Collections.nCopies(11, certificate)))
                .hasMessageContaining("holds 11 certificates");
        ClientChain.checkAuthorities(Collections.nCopies(200, certificate));
        assertThatThrownBy(() -> ClientChain.checkAuthorities(Collections.nCopies(201, certificate)))
                .hasMessageContaining("holds 201 certificates");
        var shown = Collections.nCopies(9, certificate()).toArray(X509Certificate[]::new);
        assertThatThrownBy(() -> ClientChain.verify(shown, Set.of(certificate)))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("shows 9 certificates");
    }

    @Test
    void pem_is_read_in_one_pass_whatever_it_holds() {
        for (var unit : List.of("-----BEGIN A-----", "-----BEGIN ", "-----BEGIN A-----\nAAAA\n", "-----", "-", "A")) {
            assertThatThrownBy(() -> Pem.certificates(unit.repeat(1_000_000 / unit.length())))
                    .hasMessageContaining("no PEM block of type CERTIFICATE");
        }
        assertThat(Pem.certificates("text\n" + Pem.encode("CERTIFICATE", encoded(certificate())) + "text"))
                .hasSize(1);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(RSAPrivateCrtKeySpec spec) throws GeneralSecurityException {
        var key = KeyFactory.getInstance("RSA").generatePrivate(spec);
        assertThatThrownBy(() -> KeyLimits.check(key)).hasMessageContaining("do not fit together");
    }

    private static X509Certificate certificate() {
        return SelfSigned.generate("a.test", "a.test", Instant.now(), Duration.ofDays(1))
                .certificate();
    }

    private static BigInteger mersenne(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent).subtract(BigInteger.ONE);
    }

    private static PublicKey publicKey(BigInteger n, BigInteger e) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e));
    }

    private static PrivateKey privateKey(BigInteger p, BigInteger q, BigInteger e) throws GeneralSecurityException {
        var p1 = p.subtract(BigInteger.ONE);
        var q1 = q.subtract(BigInteger.ONE);
        var d = e.modInverse(p1.multiply(q1));
        return KeyFactory.getInstance("RSA")
                .generatePrivate(
                        new RSAPrivateCrtKeySpec(p.multiply(q), e, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p)));
    }
}
