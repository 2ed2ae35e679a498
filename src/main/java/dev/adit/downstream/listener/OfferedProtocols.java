package dev.adit.downstream.listener;

import dev.adit.tls.CipherSuites;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The protocols that a ClientHello offers to speak behind TLS (RFC 7301 §3.1). */
final class OfferedProtocols {
    private static final int ALPN = 16;
    private static final int VERSION_AND_RANDOM = 34;

    private OfferedProtocols() {}

    /**
     * Whether it offers some, and none that is spoken here: then the handshake has to fail (RFC 7301 §3.2), so that an
     * attacker cannot send clients of another protocol here (ALPACA). What cannot be read is left to the TLS library.
     *
     * @param hello from its version on; its indices stay
     */
    static boolean areForeign(ByteBuf hello) {
        var in = hello.slice();
        try {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte()); // the session
            in.skipBytes(in.readUnsignedShort()); // the cipher suites
            in.skipBytes(in.readUnsignedByte()); // the compression methods
            var extensions = in.readSlice(in.readUnsignedShort());
            while (extensions.isReadable()) {
                var type = extensions.readUnsignedShort();
                var content = extensions.readSlice(extensions.readUnsignedShort());
                if (type == ALPN) {
                    return !namesOneOfOurs(content.readSlice(content.readUnsignedShort()));
                }
            }
            return false;
        } catch (IndexOutOfBoundsException _) {
            return false;
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
}
