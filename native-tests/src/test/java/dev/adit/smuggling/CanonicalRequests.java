package dev.adit.smuggling;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what went upstream, and takes nothing that any two servers could read in two ways. */
final class CanonicalRequests {
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Za-z]+ (/[\\x21-\\x7e]*|\\*) HTTP/1\\.1");
    private static final Pattern FIELD =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\\x00-\\x08\\x0a-\\x1f\\x7f]*");
    private static final Pattern LENGTH = Pattern.compile("content-length: (0|[1-9][0-9]{0,17})");
    private static final Pattern CHUNK = Pattern.compile("[0-9a-f]+");

    private static final Pattern RESPONSE = Pattern.compile("HTTP/1\\.[01] [2-5][0-9][0-9] ");

    private final String text;
    private final List<String> lines = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>();
    private int position;

    private CanonicalRequests(String text) {
        this.text = text;
    }

    /** With as many answers as requests, but for a last one that the client or the origin broke off. */
    static List<Forwarded> parse(Recorder.Recording recording) {
        var reader = new CanonicalRequests(recording.requests());
        reader.read();
        var requests = reader.lines.size();
        var responses = responses(recording.responses());
        if (responses < requests - 1L || responses > requests) {
            throw new AssertionError("%d answers to %s:%n%s%n---%n%s"
                    .formatted(responses, reader.lines, recording.requests(), recording.responses()));
        }
        var forwarded = new ArrayList<Forwarded>();
        for (var i = 0; i < requests; i++) {
            var words = reader.lines.get(i).split(" ", -1);
            forwarded.add(new Forwarded(words[0], words[1], reader.hosts.get(i), i < responses));
        }
        return forwarded;
    }

    /** How many final responses a text holds. */
    static long responses(String text) {
        return RESPONSE.matcher(text).results().count();
    }

    private void read() {
        while (position < text.length() && request()) {
            // the next one
        }
    }

    private boolean request() {
        var end = text.indexOf("\r\n\r\n", position);
        if (end < 0) {
            throw new AssertionError("half a head: " + text.substring(position));
        }
        var head = text.substring(position, end).split("\r\n", -1);
        if (!REQUEST_LINE.matcher(head[0]).matches()) {
            throw new AssertionError("request line: " + head[0]);
        }
        lines.add(head[0]);
        position = end + 4;
        var lengths = new ArrayList<String>();
        for (var i = 1; i < head.length; i++) {
            if (!FIELD.matcher(head[i]).matches()) {
                throw new AssertionError("field: " + head[i]);
            }
            var field = head[i].toLowerCase(java.util.Locale.ROOT);
            if (field.startsWith("host: ")) {
                hosts.add(field.substring("host: ".length()));
            }
            if (field.startsWith("content-length:") || field.startsWith("transfer-encoding:")) {
                lengths.add(field);
            }
        }
        if (hosts.size() != lines.size() || lengths.size() > 1) {
            throw new AssertionError("hosts or lengths: " + String.join(" | ", head));
        }
        return lengths.isEmpty() || body(lengths.getFirst());
    }

    private boolean body(String framing) {
        if (framing.equals("transfer-encoding: chunked")) {
            return chunks();
        }
        var length = LENGTH.matcher(framing);
        if (!length.matches()) {
            throw new AssertionError(framing);
        }
        return skip(Long.parseLong(length.group(1)));
    }

    private boolean chunks() {
        while (true) {
            var end = text.indexOf("\r\n", position);
            if (end < 0) {
                return false;
            }
            var size = text.substring(position, end);
            if (!CHUNK.matcher(size).matches()) {
                throw new AssertionError("chunk size: " + size);
            }
            position = end + 2;
            var bytes = Long.parseLong(size, 16);
            if (bytes == 0) {
                return trailers();
            }
            if (!skip(bytes) || !skip(2)) {
                return false;
            }
        }
    }

    private boolean trailers() {
        while (true) {
            var end = text.indexOf("\r\n", position);
            if (end < 0) {
                return false;
            }
            var line = text.substring(position, end);
            position = end + 2;
            if (line.isEmpty()) {
                return true;
            }
            if (!FIELD.matcher(line).matches() || line.matches("(?i)(content-length|transfer-encoding|host):.*")) {
                throw new AssertionError("trailer: " + line);
            }
        }
    }

    private boolean skip(long bytes) {
        if (bytes > text.length() - position) {
            position = text.length();
            return false;
        }
        position += (int) bytes;
        return true;
    }
}
