package dev.adit.testbed;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One response of HTTP/1.1 as a strict reader sees it, who knows nothing of who wrote it.
 *
 * @param head the status line and the fields, with their line ends
 * @param trailers likewise; empty for none
 */
public record Answer(int status, String head, String body, String trailers) {
    private static final String FIELDS = "(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\\x00-\\x08\\x0a-\\x1f\\x7f]*\r\n)*\r\n";
    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.1 ([1-5]\\d\\d) [^\\x00-\\x08\\x0a-\\x1f\\x7f]*\r\n" + FIELDS);
    private static final Pattern TRAILERS = Pattern.compile(FIELDS);
    private static final Pattern CHUNK = Pattern.compile("[1-9a-f][0-9a-f]*|0");

    /**
     * Reads exactly one, up to its last byte.
     *
     * @throws EOFException where it is broken off
     */
    public static Answer read(InputStream in, String method) throws IOException {
        var head = section(in);
        var line = HEAD.matcher(head);
        if (!line.matches()) {
            throw new IllegalStateException("not a head: " + head);
        }
        var status = Integer.parseInt(line.group(1));
        var fields = head.toLowerCase(Locale.ROOT);
        if (status < 200 || status == 204 || status == 304 || method.equals("HEAD")) {
            return new Answer(status, head, "", "");
        }
        if (fields.contains("\r\ntransfer-encoding: chunked\r\n")) {
            return chunked(in, status, head);
        }
        var lengths = fields.split("\r\ncontent-length: ", -1);
        if (lengths.length != 2) {
            throw new IllegalStateException("no clear end: " + head);
        }
        var length = Integer.parseInt(lengths[1].substring(0, lengths[1].indexOf('\r')));
        return new Answer(status, head, exactly(in, length), "");
    }

    private static Answer chunked(InputStream in, int status, String head) throws IOException {
        var body = new StringBuilder();
        while (true) {
            var size = line(in);
            if (!CHUNK.matcher(size).matches()) {
                throw new IllegalStateException("not a chunk: " + size);
            }
            if (size.equals("0")) {
                var trailers = section(in);
                if (!TRAILERS.matcher(trailers).matches()) {
                    throw new IllegalStateException("not trailers: " + trailers);
                }
                return new Answer(status, head, body.toString(), trailers.substring(0, trailers.length() - 2));
            }
            body.append(exactly(in, Integer.parseInt(size, 16)));
            if (!line(in).isEmpty()) {
                throw new IllegalStateException("a chunk that goes on");
            }
        }
    }

    /** Lines up to and including the empty one. */
    private static String section(InputStream in) throws IOException {
        var section = new StringBuilder();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            section.append(line).append("\r\n");
        }
        return section.append("\r\n").toString();
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("broken off after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            line.write(b);
        }
        var text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
            throw new IllegalStateException("a line that ends with LF only: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    private static String exactly(InputStream in, int bytes) throws IOException {
        var read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException("broken off after " + read.length + " of " + bytes + " bytes");
        }
        return new String(read, StandardCharsets.ISO_8859_1);
    }
}
