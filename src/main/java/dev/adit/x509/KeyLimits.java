package dev.adit.x509;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * What a handshake with a key may cost. The event loop that computes it serves everybody else meanwhile, and the price of
 * RSA grows with the third power of the length: a signature of 8,192 bits takes as long as eight of 4,096 (CWE-400). Each
 * number inside of a key is bounded as well, for a key is what its owner wrote, and need not be what a tool would make.
 */
final class KeyLimits {
    /** Of keys that sign here. */
    static final int SIGNING_BITS = 4_096;

    /** Of keys that others have signed with: to verify costs a hundredth. */
    static final int VERIFYING_BITS = 8_192;

    private static final int EXPONENT_BITS = 64;
    // The two factors are about equally long.
    private static final int SLACK_BITS = 64;
    private static final Set<Integer> CURVES = Set.of(256, 384, 521);

    private KeyLimits() {}

    /**
     * Looks at a public key.
     *
     * @param bits the most that one of RSA may have
     * @throws IllegalArgumentException with what is wrong with it
     */
    static void check(PublicKey key, int bits) {
        switch (key) {
            case RSAPublicKey rsa -> {
                length(rsa.getModulus(), bits);
                require(
                        rsa.getPublicExponent().bitLength() <= EXPONENT_BITS,
                        "a public exponent of RSA that is too long");
            }
            case ECKey ec -> curve(ec);
            case EdECKey edwards -> curve(edwards);
            default -> throw unknown(key.getAlgorithm());
        }
    }

    /**
     * Looks at a key that is to sign.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static void check(PrivateKey key) {
        switch (key) {
            case RSAPrivateCrtKey rsa -> {
                length(rsa.getModulus(), SIGNING_BITS);
                require(isConsistent(rsa), "numbers of RSA that do not fit together");
            }
            case RSAPrivateKey _ -> throw faulty("no prime factors (RFC 8017, A.1.2), without which it is slow");
            case ECKey ec -> curve(ec);
            case EdECKey edwards -> curve(edwards);
            default -> throw unknown(key.getAlgorithm());
        }
    }

    private static boolean isConsistent(RSAPrivateCrtKey key) {
        var p = key.getPrimeP();
        var q = key.getPrimeQ();
        var half = key.getModulus().bitLength() / 2 + SLACK_BITS;
        return p.bitLength() <= half
                && q.bitLength() <= half
                && p.multiply(q).equals(key.getModulus())
                && isBelow(key.getPrimeExponentP(), p)
                && isBelow(key.getPrimeExponentQ(), q)
                && isBelow(key.getCrtCoefficient(), p)
                && isBelow(key.getPrivateExponent(), key.getModulus())
                && key.getPublicExponent().bitLength() <= EXPONENT_BITS;
    }

    private static boolean isBelow(BigInteger number, BigInteger limit) {
        return number.signum() > 0 && number.compareTo(limit) < 0;
    }

    private static void length(BigInteger modulus, int bits) {
        if (modulus.bitLength() > bits) {
            throw new IllegalArgumentException(
                    "has an RSA key of %d bits, which would hold up all other handshakes; use at most %d, or ECDSA P-256"
                            .formatted(modulus.bitLength(), bits));
        }
    }

    private static void curve(ECKey key) {
        var size = key.getParams().getCurve().getField().getFieldSize();
        require(CURVES.contains(size), "a curve other than P-256, P-384 and P-521");
    }

    private static void curve(EdECKey key) {
        require(
                key.getParams().getName().equals(NamedParameterSpec.ED25519.getName()),
                "a curve of Edwards other than Ed25519");
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw faulty(fault);
        }
    }

    private static IllegalArgumentException faulty(String fault) {
        return new IllegalArgumentException("has a key with " + fault + "; have one made by openssl or cert-manager");
    }

    private static IllegalArgumentException unknown(String algorithm) {
        return new IllegalArgumentException(
                "has a key of " + algorithm + "; use RSA, ECDSA (P-256, P-384, P-521) or Ed25519");
    }
}
