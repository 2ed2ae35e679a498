package dev.adit.testbed;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Frames of HTTP/2 written and read by hand, so that they can say what no library would (RFC 9113, RFC 7541). */
public final class Http2Frames {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final int PRIORITY = 32;
    public static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    public static final byte[] NOTHING = {};

    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MOST_BYTES = 16_384;

    private Http2Frames() {}

    public record Frame(int type, int flags, int stream, byte[] payload) {
        public boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    public record Field(String name, String value) {}

    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    public static void write(OutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(frame(type, flags, stream, payload));
    }

    /** What a client says first. */
    public static void preface(OutputStream out, byte[] settings) throws IOException {
        out.write(PREFACE);
        write(out, SETTINGS, 0, 0, settings);
    }

    /** The setting of the window that each stream begins with. */
    public static byte[] window(int bytes) {
        return setting(INITIAL_WINDOW_SIZE, bytes);
    }

    /** The setting of how many streams may be open. */
    public static byte[] streams(int most) {
        return setting(MAX_CONCURRENT_STREAMS, most);
    }

    private static byte[] setting(int id, int value) {
        return ByteBuffer.allocate(6).putShort((short) id).putInt(value).array();
    }

    public static byte[] get(String host, String path) {
        return request("GET", host, path);
    }

    public static byte[] post(String host, String path) {
        return request("POST", host, path);
    }

    private static byte[] request(String method, String host, String path) {
        return section(":method", method, ":scheme", "http", ":path", path, ":authority", host);
    }

    /** A header section, in as many frames as it takes. */
    public static byte[] headers(int flags, int stream, byte[] block) {
        var frames = new ByteArrayOutputStream();
        var from = 0;
        do {
            var to = Math.min(block.length, from + MOST_BYTES);
            var end = to == block.length ? END_HEADERS : 0;
            var part = Arrays.copyOfRange(block, from, to);
            frames.writeBytes(
                    from == 0 ? frame(HEADERS, flags | end, stream, part) : frame(CONTINUATION, end, stream, part));
            from = to;
        } while (from < block.length);
        return frames.toByteArray();
    }

    /** Names and values in turn, as literals: any bytes. */
    public static byte[] section(String... fields) {
        var block = new ByteArrayOutputStream();
        for (var i = 0; i < fields.length; i += 2) {
            block.write(0);
            string(block, fields[i]);
            string(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            var rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The next frame; null at the end of the connection. */
    public static Frame read(InputStream from) throws IOException {
        var in = new DataInputStream(from);
        try {
            var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            var type = in.readUnsignedByte();
            var flags = in.readUnsignedByte();
            var stream = in.readInt();
            var payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, stream, payload);
        } catch (EOFException _) {
            return null;
        }
    }

    /** The fields of a block by a peer that was told to keep no table, and writes short texts as they are. */
    public static List<Field> fields(byte[] block) {
        return new HeaderTable().fields(block);
    }
}
