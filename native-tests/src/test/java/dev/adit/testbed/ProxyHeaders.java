package dev.adit.testbed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a load balancer sends ahead of a client's bytes (the PROXY protocol). */
public enum ProxyHeaders {
    NONE {
        @Override
        public byte[] of(String client) {
            return new byte[0];
        }
    },
    V1 {
        @Override
        public byte[] of(String client) {
            return ("PROXY TCP4 " + client + " 127.0.0.1 4711 80\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    },
    V2 {
        @Override
        public byte[] of(String client) {
            var addresses = ByteBuffer.allocate(12);
            for (var part : (client + ".127.0.0.1").split("\\.", -1)) {
                addresses.put((byte) Integer.parseInt(part));
            }
            return v2(
                    0x21,
                    0x11,
                    addresses.putShort((short) 4711).putShort((short) 80).array());
        }
    };

    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    /** That a connection is of this client. */
    public abstract byte[] of(String client);

    /**
     * Any of version 2.
     *
     * @param command with the version in its upper half
     * @param protocol family and transport
     */
    public static byte[] v2(int command, int protocol, byte[] addresses) {
        var header = new ByteArrayOutputStream();
        header.writeBytes(SIGNATURE);
        header.write(command);
        header.write(protocol);
        header.write(addresses.length >> 8);
        header.write(addresses.length);
        header.writeBytes(addresses);
        return header.toByteArray();
    }
}
