package dev.adit.downstream.listener;

import dev.adit.tls.CipherSuites;
import dev.adit.tls.Handshake;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a ClientHello says (RFC 8446 §4.1.2) that is needed before it is answered. What cannot be read is left to the TLS
 * library to refuse.
 *
 * @param isForeign whether it offers protocols to speak behind TLS (ALPN, RFC 7301 §3.1), and none that is spoken here
 * @param keys the kinds of key that its client can verify
 */
record ClientHello(boolean isForeign, Set<Handshake.Key> keys) {
    /** One that says nothing. */
    static final ClientHello UNREADABLE = new ClientHello(false, EnumSet.allOf(Handshake.Key.class));

    private static final int VERSION_AND_RANDOM = 34;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final Set<Integer> ECDSA_SUITES = Set.of(0xC02B, 0xC02C, 0xCCA9);
    private static final Set<Integer> RSA_SUITES = Set.of(0xC02F, 0xC030, 0xCCA8);
    private static final int FIRST_OF_TLS_1_3 = 0x1301;
    private static final int LAST_OF_TLS_1_3 = 0x1303;
    private static final Set<Integer> ECDSA_SCHEMES = Set.of(0x0203, 0x0403, 0x0503, 0x0603);
    private static final int ED25519 = 0x0807;

    /**
     * Reads one.
     *
     * @param hello from its version on; its indices stay
     */
    static ClientHello of(ByteBuf hello) {
        var in = hello.slice();
        try {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte()); // the session
            var read = new Reading();
            read.suites(in.readSlice(in.readUnsignedShort()));
            in.skipBytes(in.readUnsignedByte()); // the compression methods
            if (in.isReadable()) {
                read.extensions(in.readSlice(in.readUnsignedShort()));
            }
            return new ClientHello(read.isForeign, read.keys());
        } catch (IndexOutOfBoundsException _) {
            return UNREADABLE;
        }
    }

    private static final class Reading {
        private boolean isForeign;
        private boolean hasEcdsaSuite;
        private boolean hasRsaSuite;
        private boolean namesSchemes;
        private boolean hasEcdsaScheme;
        private boolean hasEd25519;

        void suites(ByteBuf suites) {
            while (suites.isReadable()) {
                var suite = suites.readUnsignedShort();
                // Those of TLS 1.3 go with every kind of key.
                var isOfAny = suite >= FIRST_OF_TLS_1_3 && suite <= LAST_OF_TLS_1_3;
                hasEcdsaSuite |= isOfAny || ECDSA_SUITES.contains(suite);
                hasRsaSuite |= isOfAny || RSA_SUITES.contains(suite);
            }
        }

        void extensions(ByteBuf extensions) {
            while (extensions.isReadable()) {
                var type = extensions.readUnsignedShort();
                var content = extensions.readSlice(extensions.readUnsignedShort());
                switch (type) {
                    case SIGNATURE_ALGORITHMS -> schemes(content.readSlice(content.readUnsignedShort()));
                    case ALPN -> isForeign = !namesOneOfOurs(content.readSlice(content.readUnsignedShort()));
                    default -> {}
                }
            }
        }

        private void schemes(ByteBuf schemes) {
            namesSchemes = true;
            while (schemes.isReadable()) {
                var scheme = schemes.readUnsignedShort();
                hasEcdsaScheme |= ECDSA_SCHEMES.contains(scheme);
                hasEd25519 |= scheme == ED25519;
            }
        }

        private static boolean namesOneOfOurs(ByteBuf names) {
            while (names.isReadable()) {
                var name = names.readCharSequence(names.readUnsignedByte(), StandardCharsets.ISO_8859_1);
                if (CipherSuites.APPLICATION_PROTOCOLS.contains(name.toString())) {
                    return true;
                }
            }
            return false;
        }

        Set<Handshake.Key> keys() {
            var keys = EnumSet.noneOf(Handshake.Key.class);
            if (hasRsaSuite) {
                keys.add(Handshake.Key.RSA);
            }
            if (hasEcdsaSuite && (hasEcdsaScheme || !namesSchemes)) {
                keys.add(Handshake.Key.EC);
            }
            if (hasEcdsaSuite && hasEd25519) {
                keys.add(Handshake.Key.ED25519);
            }
            return keys;
        }
    }
}
