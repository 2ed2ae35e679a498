package dev.adit.smuggling;

import static dev.adit.testbed.Http2Frames.END_HEADERS;
import static dev.adit.testbed.Http2Frames.END_STREAM;
import static dev.adit.testbed.Http2Frames.PRIORITY;

import dev.adit.testbed.HeaderTable;
import dev.adit.testbed.Http2Frames;
import dev.adit.testbed.Http2Frames.Field;
import dev.adit.testbed.Http2Frames.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the streams that went upstream, and takes nothing that any two servers could read in two ways (RFC 9113 §8). */
final class CanonicalStreams {
    private static final Map<String, Pattern> PSEUDO = Map.of(
            ":method", Pattern.compile("[A-Za-z]+"),
            ":scheme", Pattern.compile("https?"),
            ":authority", Pattern.compile("[a-z0-9.:\\[\\]-]+"),
            ":path", Pattern.compile("/[\\x21-\\x7e]*|\\*"));
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");
    private static final Pattern VALUE =
            Pattern.compile("|[^\\x00-\\x20\\x7f]([^\\x00-\\x08\\x0a-\\x1f\\x7f]*[^\\x00-\\x20\\x7f])?");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Set<String> OF_CONNECTIONS = Set.of(
            "connection", "host", "http2-settings", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
    private static final Set<String> OF_HEADS = Set.of("content-length", "te");
    private static final int PADDED = 8;
    // NO_ERROR, REFUSED_STREAM and CANCEL: the endpoint does not want it, and does not say that it is malformed.
    // STREAM_CLOSED: it has answered before the end of the request, which was under way.
    private static final Set<Integer> HARMLESS = Set.of(0, 5, 7, 8);
    // PROTOCOL_ERROR and COMPRESSION_ERROR.
    private static final Set<Integer> LOST_TABLE = Set.of(1, 9);

    private static final Pattern ENCODED_CONTROL = Pattern.compile("%([01][0-9A-Fa-f]|7[Ff])");
    private static final Set<String> UNUSUAL = Set.of("GET", "HEAD");

    private final HeaderTable table = new HeaderTable();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private boolean hasTrailers;

    private static final class Stream {
        private Map<String, String> pseudo = Map.of();
        private long length = -1;
        private long body;
        private boolean hasEnded;
    }

    private CanonicalStreams() {}

    /**
     * In the order in which they began; the body of any may be cut short, where its client broke off.
     *
     * @param origin what the endpoint can read; the rest it may take for an error
     */
    static List<Forwarded> parse(Recorder.Recording recording, RealOrigin origin) {
        var reader = new CanonicalStreams();
        var bytes = recording.requestBytes();
        if (bytes.length == 0) {
            return List.of();
        }
        var preface = Http2Frames.PREFACE.length;
        if (!Arrays.equals(Arrays.copyOf(bytes, preface), Http2Frames.PREFACE)) {
            throw new AssertionError("no preface of HTTP/2: " + recording.requests());
        }
        frames(Arrays.copyOfRange(bytes, preface, bytes.length)).forEach(reader::take);
        var answered = reader.answered(recording, origin, reader.hasTrailers && !origin.takesTrailers());
        return reader.order.stream()
                .map(id -> {
                    var pseudo = reader.streams.get(id).pseudo;
                    return new Forwarded(
                            pseudo.get(":method"),
                            pseudo.get(":path"),
                            pseudo.get(":authority"),
                            answered.contains(id));
                })
                .toList();
    }

    /** The endpoint, too, may find nothing wrong. */
    private Set<Integer> answered(Recorder.Recording recording, RealOrigin origin, boolean isErrorExpected) {
        var answered = new HashSet<Integer>();
        for (var frame : frames(recording.responseBytes())) {
            var error = switch (frame.type()) {
                case Http2Frames.RST_STREAM -> ByteBuffer.wrap(frame.payload()).getInt();
                case Http2Frames.GOAWAY -> ByteBuffer.wrap(frame.payload()).getInt(4);
                default -> 0;
            };
            var hasLostTable = !origin.keepsTable() && LOST_TABLE.contains(error);
            if (!HARMLESS.contains(error) && !isErrorExpected && !hasLostTable && !isUnusual(frame)) {
                throw new AssertionError(
                        "the endpoint takes %s for malformed: error %d in %s".formatted(of(frame), error, frame));
            }
            if (frame.type() == Http2Frames.HEADERS) {
                answered.add(frame.stream());
            }
        }
        return answered;
    }

    /** Whether this concerns a GET or HEAD with a body, or an encoded control character: lighttpd takes neither by default. */
    private boolean isUnusual(Frame frame) {
        var stream = streams.get(frame.stream());
        return stream != null
                && ((UNUSUAL.contains(stream.pseudo.get(":method")) && stream.body > 0)
                        || ENCODED_CONTROL.matcher(stream.pseudo.get(":path")).find());
    }

    private Object of(Frame frame) {
        var stream = streams.get(frame.stream());
        return stream == null ? "a connection" : stream.pseudo + " with " + stream.body + " bytes";
    }

    private static List<Frame> frames(byte[] bytes) {
        var frames = new ArrayList<Frame>();
        var in = new ByteArrayInputStream(bytes);
        try {
            for (var frame = Http2Frames.read(in); frame != null; frame = Http2Frames.read(in)) {
                frames.add(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    private void take(Frame frame) {
        switch (frame.type()) {
            case Http2Frames.HEADERS, Http2Frames.CONTINUATION -> {
                isTrue(!frame.has(PADDED) || frame.type() != Http2Frames.HEADERS, "padding", frame);
                var from = frame.type() == Http2Frames.HEADERS && frame.has(PRIORITY) ? 5 : 0;
                block.write(frame.payload(), from, frame.payload().length - from);
                if (frame.type() == Http2Frames.HEADERS && frame.has(END_STREAM)) {
                    stream(frame).hasEnded = true;
                }
                if (frame.has(END_HEADERS)) {
                    section(stream(frame), table.fields(block.toByteArray()), frame);
                    block.reset();
                }
            }
            case Http2Frames.DATA -> {
                var stream = streams.get(frame.stream());
                isTrue(stream != null && !stream.hasEnded && !frame.has(PADDED), "data", frame);
                stream.body += frame.payload().length;
                stream.hasEnded = frame.has(END_STREAM);
                hasItsLength(stream, frame);
            }
            case Http2Frames.RST_STREAM -> streams.get(frame.stream()).hasEnded = true;
            default -> {}
        }
    }

    private Stream stream(Frame frame) {
        return streams.computeIfAbsent(frame.stream(), id -> {
            isTrue(id % 2 == 1 && (order.isEmpty() || id > order.getLast()), "number of a stream", frame);
            order.add(id);
            return new Stream();
        });
    }

    private void section(Stream stream, List<Field> fields, Frame frame) {
        var isTrailers = !stream.pseudo.isEmpty();
        hasTrailers |= isTrailers;
        var pseudo = new HashMap<String, String>();
        var hasRegular = false;
        for (var field : fields) {
            isTrue(!field.value().equals(HeaderTable.HUFFMAN), "Huffman's code, which is not read here", field);
            if (field.name().startsWith(":")) {
                var pattern = PSEUDO.get(field.name());
                isTrue(pattern != null && pattern.matcher(field.value()).matches(), "pseudo-header", field);
                isTrue(!hasRegular && pseudo.put(field.name(), field.value()) == null, "one more", field);
                continue;
            }
            hasRegular = true;
            isTrue(NAME.matcher(field.name()).matches(), "name", field);
            isTrue(VALUE.matcher(field.value()).matches(), "value", field);
            isTrue(!OF_CONNECTIONS.contains(field.name()), "field of a connection", field);
            isTrue(!isTrailers || !OF_HEADS.contains(field.name()), "trailer", field);
            isTrue(!field.name().equals("te") || field.value().equals("trailers"), "te", field);
            if (field.name().equals("content-length")) {
                isTrue(stream.length < 0 && LENGTH.matcher(field.value()).matches(), "length", field);
                stream.length = Long.parseLong(field.value());
            }
        }
        isTrue(isTrailers ? pseudo.isEmpty() && stream.hasEnded : pseudo.size() == PSEUDO.size(), "section", fields);
        if (!isTrailers) {
            stream.pseudo = pseudo;
        }
        hasItsLength(stream, frame);
    }

    private static void hasItsLength(Stream stream, Frame frame) {
        var isRight =
                stream.length < 0 || (stream.hasEnded ? stream.body == stream.length : stream.body <= stream.length);
        isTrue(isRight, "length " + stream.length + " of " + stream.body, frame);
    }

    private static void isTrue(boolean condition, String what, Object where) {
        if (!condition) {
            throw new AssertionError(what + ": " + where);
        }
    }
}
