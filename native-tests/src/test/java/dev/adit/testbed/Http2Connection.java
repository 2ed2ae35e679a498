package dev.adit.testbed;

import dev.adit.testbed.Http2Frames.Field;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client of HTTP/2 that shows what a server sends, frame by frame, and lets nothing malformed pass. */
public final class Http2Connection implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Pattern VALUE =
            Pattern.compile("|[^\\x00-\\x20\\x7f](?:[^\\x00-\\x08\\x0a-\\x1f\\x7f]*[^\\x00-\\x20\\x7f])?");
    // No table for names and values, and nothing is pushed.
    private static final byte[] OWN_SETTINGS = {0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0};

    private final Socket socket;
    private final InputStream in;
    private int stream = -1;

    /**
     * All that came on one stream.
     *
     * @param interim the statuses before the final one
     * @param isReset whether it ended with RST_STREAM before its end
     */
    public record Answer(
            int status, List<Field> head, String body, List<Field> trailers, List<Integer> interim, boolean isReset) {
        public List<String> values(String name) {
            return head.stream()
                    .filter(field -> field.name().equals(name))
                    .map(Field::value)
                    .toList();
        }
    }

    public Http2Connection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
        socket.getOutputStream().write(Http2Frames.PREFACE);
        send(Http2Frames.SETTINGS, 0, 0, OWN_SETTINGS);
    }

    /** A request without a body; the fields are names and values in turn. */
    public Answer ask(String method, String scheme, String authority, String path, String... fields)
            throws IOException {
        stream += 2;
        var pseudo = Stream.of(":method", method, ":scheme", scheme, ":authority", authority, ":path", path);
        var section = Stream.concat(pseudo, Arrays.stream(fields)).toArray(String[]::new);
        socket.getOutputStream()
                .write(Http2Frames.headers(Http2Frames.END_STREAM, stream, Http2Frames.section(section)));
        return answer();
    }

    private Answer answer() throws IOException {
        var head = List.<Field>of();
        var trailers = List.<Field>of();
        var interim = new ArrayList<Integer>();
        var body = new ByteArrayOutputStream();
        for (var frame = next(); ; frame = next()) {
            switch (frame.type()) {
                case Http2Frames.HEADERS -> {
                    var section = wellFormed(Http2Frames.fields(block(frame)));
                    if (!head.isEmpty()) {
                        trailers = section;
                    } else if (status(section) < 200) {
                        interim.add(status(section));
                    } else {
                        head = section;
                    }
                }
                case Http2Frames.DATA -> body.writeBytes(frame.payload());
                default -> {}
            }
            var isReset = frame.type() == Http2Frames.RST_STREAM;
            if (isReset || (frame.type() <= Http2Frames.HEADERS && frame.has(Http2Frames.END_STREAM))) {
                var status = head.isEmpty() ? 0 : status(head);
                var text = body.toString(StandardCharsets.ISO_8859_1);
                return new Answer(status, head, text, trailers, interim, isReset);
            }
        }
    }

    /** What is left of HEADERS without the priority that some servers put there. */
    private static byte[] block(Http2Frames.Frame frame) {
        var payload = frame.payload();
        return frame.has(Http2Frames.PRIORITY) ? Arrays.copyOfRange(payload, 5, payload.length) : payload;
    }

    /** The next frame of the current stream. */
    private Http2Frames.Frame next() throws IOException {
        while (true) {
            var frame = Http2Frames.read(in);
            if (frame == null || frame.type() == Http2Frames.GOAWAY) {
                throw new EOFException("the connection has ended: " + frame);
            }
            if (frame.type() == Http2Frames.SETTINGS && !frame.has(Http2Frames.ACK)) {
                send(Http2Frames.SETTINGS, Http2Frames.ACK, 0, new byte[0]);
            } else if (frame.stream() == stream) {
                return frame;
            }
        }
    }

    private static int status(List<Field> section) {
        if (!section.getFirst().name().equals(":status")) {
            throw new IllegalStateException("no status: " + section);
        }
        return Integer.parseInt(section.getFirst().value());
    }

    /** RFC 9113 §8.2.1. */
    private static List<Field> wellFormed(List<Field> section) {
        for (var field : section) {
            var isName =
                    field.name().equals(":status") || NAME.matcher(field.name()).matches();
            if (!isName || !VALUE.matcher(field.value()).matches()) {
                throw new IllegalStateException("malformed: " + field);
            }
        }
        return section;
    }

    private void send(int type, int flags, int id, byte[] payload) throws IOException {
        socket.getOutputStream().write(Http2Frames.frame(type, flags, id, payload));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
