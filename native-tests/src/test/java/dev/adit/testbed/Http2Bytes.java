package dev.adit.testbed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** HTTP/2 by hand (RFC 9113), so that it may be wrong; header sections are literals that no table remembers. */
public final class Http2Bytes {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int GOAWAY = 7;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;
    private static final int HEADER = 9;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** One frame that has come. */
    public record Frame(int type, int flags, int stream, byte[] payload) {
        /** The code of RST_STREAM, or of GOAWAY. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }

        /** Of a response whose status is the first thing that it says, indexed or as a literal (RFC 7541 §6). */
        public int status() {
            return switch (payload[0] & 0xff) {
                case 0x88 -> 200;
                case 0x8c -> 400;
                case 0x8d -> 404;
                case 0x8e -> 500;
                default -> Integer.parseInt(new String(payload, 2, 3, StandardCharsets.US_ASCII));
            };
        }
    }

    /** What a client says first. */
    public static Http2Bytes begin() {
        var begun = new Http2Bytes();
        begun.bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return begun.frame(SETTINGS, 0, 0, new byte[0]);
    }

    public Http2Bytes frame(int type, int flags, int stream, byte[] payload) {
        return header(payload.length, type, flags, stream).raw(payload);
    }

    /** Of a frame, whatever follows. */
    public Http2Bytes header(int length, int type, int flags, int stream) {
        return raw(ByteBuffer.allocate(HEADER)
                .put((byte) (length >> 16))
                .putShort((short) length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
    }

    /** A head; the fields are names and values in turn. */
    public Http2Bytes headers(int stream, boolean last, String... fields) {
        var section = new ByteArrayOutputStream();
        for (var i = 0; i < fields.length; i++) {
            if (i % 2 == 0) {
                section.write(0); // a name of its own follows
            }
            section.writeBytes(length(fields[i].length()));
            section.writeBytes(fields[i].getBytes(StandardCharsets.ISO_8859_1));
        }
        return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, section.toByteArray());
    }

    public Http2Bytes raw(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    public static Frame next(RawSocket from) throws IOException {
        var header = ByteBuffer.wrap(from.read(HEADER));
        var length = (header.get() & 0xff) << 16 | (header.getShort() & 0xffff);
        return new Frame(header.get(), header.get(), header.getInt(), from.read(length));
    }

    /** The next frame of a kind, on whatever stream. */
    public static Frame next(RawSocket from, int type) throws IOException {
        var frame = next(from);
        while (frame.type() != type) {
            frame = next(from);
        }
        return frame;
    }

    /** RFC 7541 §5.1, up to 254. */
    private static byte[] length(int length) {
        return length < 127 ? new byte[] {(byte) length} : new byte[] {127, (byte) (length - 127)};
    }
}
