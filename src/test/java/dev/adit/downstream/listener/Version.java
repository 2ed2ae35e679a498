package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.adit.testbed.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** The versions in which one request is sent on a connection of its own, on the same port and without TLS. */
enum Version {
    HTTP1 {
        @Override
        void send(RawClient client, Asked asked) throws IOException {
            var head = new StringBuilder(asked.method() + " " + asked.path() + " HTTP/1.1\r\nHost: " + asked.authority()
                    + "\r\nConnection: close\r\n");
            asked.fields()
                    .forEach(field -> head.append(field.replaceFirst("=", ": ")).append("\r\n"));
            var length = asked.body().isEmpty() ? "" : "Content-Length: " + asked.length() + "\r\n";
            client.send(head + length + "\r\n" + asked.body());
        }
    },
    HTTP2 {
        @Override
        void send(RawClient client, Asked asked) throws IOException {
            var section = new ByteArrayOutputStream();
            section.write(0x86); // RFC 7541, appendix A: http
            literal(section, ":method", asked.method());
            literal(section, ":path", asked.path());
            literal(section, ":authority", asked.authority());
            for (var field : asked.fields()) {
                var pair = field.split("=", 2);
                literal(section, pair[0], pair[1]);
            }
            var sent = preface();
            sent.writeBytes(frame(HEADERS, END_HEADERS | (asked.body().isEmpty() ? END_STREAM : 0), section));
            if (!asked.body().isEmpty()) {
                var body = new ByteArrayOutputStream();
                body.writeBytes(asked.body().getBytes(US_ASCII));
                sent.writeBytes(frame(DATA, asked.length() > asked.body().length() ? 0 : END_STREAM, body));
            }
            client.send(sent.toString(ISO_8859_1));
        }
    };

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /**
     * A request.
     *
     * @param fields as {@code name=value}
     * @param length of the body, of which less may be sent
     */
    record Asked(String method, String authority, String path, List<String> fields, String body, int length) {
        static Asked get(String path) {
            return new Asked("GET", "a.test", path, List.of(), "", 0);
        }

        static Asked post(String path, String body) {
            return new Asked("POST", "a.test", path, List.of(), body, body.length());
        }

        Asked with(String... others) {
            return new Asked(method, authority, path, List.of(others), body, length);
        }

        Asked to(String host) {
            return new Asked(method, host, path, fields, body, length);
        }

        Asked by(String other) {
            return new Asked(other, authority, path, fields, body, length);
        }

        /** The same, of which the end does not come. */
        Asked unfinished() {
            return new Asked(method, authority, path, fields, body, length + 1);
        }
    }

    abstract void send(RawClient client, Asked asked) throws IOException;

    /** What a client says first (RFC 9113 §3.4). */
    static ByteArrayOutputStream preface() {
        var sent = new ByteArrayOutputStream();
        sent.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        sent.writeBytes(new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0});
        return sent;
    }

    /** On the first stream. */
    static byte[] frame(int type, int flags, ByteArrayOutputStream payload) {
        var size = payload.size();
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(
                new byte[] {(byte) (size >> 16), (byte) (size >> 8), (byte) size, (byte) type, (byte) flags, 0, 0, 0, 1
                });
        frame.writeBytes(payload.toByteArray());
        return frame.toByteArray();
    }

    /** RFC 7541 §6.2.2, without Huffman's code. */
    static void literal(ByteArrayOutputStream section, String name, String value) {
        section.write(0);
        string(section, name);
        string(section, value);
    }

    private static void string(ByteArrayOutputStream section, String text) {
        integer(section, text.length());
        section.writeBytes(text.getBytes(US_ASCII));
    }

    /** RFC 7541 §5.1, with a prefix of seven bits. */
    private static void integer(ByteArrayOutputStream section, int value) {
        if (value < 0x7f) {
            section.write(value);
            return;
        }
        section.write(0x7f);
        var rest = value - 0x7f;
        for (; rest >= 0x80; rest >>= 7) {
            section.write((rest & 0x7f) | 0x80);
        }
        section.write(rest);
    }
}
