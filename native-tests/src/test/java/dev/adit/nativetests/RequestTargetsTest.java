package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Http2Bytes;
import dev.adit.testbed.RawSocket;
import dev.adit.testbed.RecordingOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request asks for, where that could be read in two ways (RFC 9112 §3.2, RFC 9113 §8.3.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTargetsTest {
    private static final String HOST = "app.test";
    private static final String ONE_HOST = "Host: app.test\r\n";

    private RecordingOrigin origin;
    private Adit adit;

    @BeforeAll
    void start(@TempDir Path manifests) throws IOException {
        origin = new RecordingOrigin();
        Files.writeString(manifests.resolve("app.yaml"), origin.manifests(HOST));
        adit = Adit.serving(manifests, "--h2c");
    }

    @AfterAll
    void stop() throws IOException {
        adit.close();
        origin.close();
    }

    @BeforeEach
    void forget() {
        origin.forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http:///a",
                "http://",
                "http://?a",
                "http://:80/a",
                "http:/app.test/a",
                "http:app.test/a",
                "://app.test/a",
                "1+%://app.test/a",
                "ftp://app.test/a",
                "xhttp://app.test/a",
                "http\\://app.test/a",
                "http://user@app.test/a",
                "http://user:pass@app.test/a",
                "http://app.test#a",
                "http://app.test/a#b",
                "http://app.test:99999/a",
                "http://app.test:x/a",
                "http://%61pp.test/a",
                "http://[app.test]/a",
                "http://[::1/a",
                "http://app..test/a",
                "http://app.test\\a",
                "a",
                "app.test/a",
                "a?u=http://app.test/a",
                "?a",
                "*",
                "*a",
                "/*#",
                "/a#b",
                "/a?b#c",
                "/a?#",
                "/a\\b",
                "/\u00e9",
                "/a\u007f",
                "/a?b\u0001",
                "/%",
                "/%zz",
                "/%00"
            })
    void a_target_that_is_none_is_refused(String target) throws Exception {
        for (var method : List.of("GET", "POST", "HEAD")) {
            assertThat(status(method + " " + target + " HTTP/1.1\r\n" + ONE_HOST))
                    .as(method)
                    .isEqualTo(400);
        }
        assertThat(origin.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: app.test\r\nHost: app.test\r\n",
                "Host: app.test\r\nHost: other.test\r\n",
                "Host:\r\n",
                "Host: :80\r\n",
                "Host: a b\r\n",
                "Host: user@app.test\r\n",
                "Host: app.test/\r\n",
                "Host: app.test#\r\n",
                "Host: app.test:99999\r\n",
                "Host: %61pp.test\r\n",
                "Host: http://app.test\r\n",
                "Host: [app.test]\r\n",
                "Host: app..test\r\n",
                "Host: \u00e9.test\r\n"
            })
    void in_every_form_of_the_target_there_is_one_valid_host(String host) throws Exception {
        for (var request : List.of("GET /a", "GET http://app.test/a", "OPTIONS *", "OPTIONS http://app.test")) {
            assertThat(status(request + " HTTP/1.1\r\n" + host)).as(request).isEqualTo(400);
        }
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void http_1_0_may_have_no_host_and_not_two() throws Exception {
        assertThat(status("GET http://app.test/a HTTP/1.0\r\n")).isEqualTo(200);
        assertThat(status("GET /a HTTP/1.0\r\n")).isEqualTo(404); // of no host there is no rule here
        assertThat(status("GET http://app.test/a HTTP/1.0\r\n" + ONE_HOST + ONE_HOST))
                .isEqualTo(400);
        assertThat(origin.requests()).containsExactly("GET /a");
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a?b, /a?b",
        "/a?b?c/d=e, /a?b?c/d=e",
        "//a, //a",
        "/a:b@c, /a:b@c",
        "http://app.test/a, /a",
        "HTTP://APP.TEST/a, /a",
        "https://app.test:444/a?b, /a?b",
        "http://app.test, /",
        "http://app.test?b, /?b",
        "http://app.test:80, /",
        "/a?u=http://other.test/, /a?u=http://other.test/",
        "/a?b=[\\]^{|}, /a?b=[\\]^{|}"
    })
    void the_endpoint_gets_a_path_and_the_authority_of_the_target(String target, String received) throws Exception {
        var host = target.startsWith("/") ? ONE_HOST : "Host: other.test\r\n";
        assertThat(status("GET " + target + " HTTP/1.1\r\n" + host)).isEqualTo(200);
        assertThat(origin.requests()).containsExactly("GET " + received);
        assertThat(origin.heads().getFirst())
                .containsIgnoringCase("\r\nhost: app.test")
                .doesNotContain("host: other");
    }

    @Test
    void options_about_the_server_are_answered_by_adit() throws Exception {
        for (var target : List.of("*", "http://app.test", "HTTPS://app.test:8443")) {
            var answer = exchange("OPTIONS " + target + " HTTP/1.1\r\n" + ONE_HOST);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("\r\nallow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
                    .contains("\r\ncontent-length: 0\r\n")
                    .endsWith("\r\n\r\n");
        }
        assertThat(origin.requests()).isEmpty();
        assertThat(status("OPTIONS / HTTP/1.1\r\n" + ONE_HOST)).isEqualTo(200);
        assertThat(status("OPTIONS http://app.test/ HTTP/1.1\r\n" + ONE_HOST)).isEqualTo(200);
        assertThat(origin.requests()).containsExactly("OPTIONS /", "OPTIONS /");
    }

    @Test
    void max_forwards_is_counted_and_its_last_hop_is_adit() throws Exception {
        var options = "OPTIONS /a HTTP/1.1\r\n" + ONE_HOST;
        assertThat(exchange(options + "Max-Forwards: 0\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\r\nallow: ");
        assertThat(origin.requests()).isEmpty();
        for (var bad : List.of("x", "-1", "+1", "1, 2", "", "0x1", "1\r\nMax-Forwards: 2")) {
            assertThat(status(options + "Max-Forwards: " + bad + "\r\n"))
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(origin.requests()).isEmpty();
        for (var pair :
                new String[][] {{"1", "0"}, {"10", "9"}, {"007", "6"}, {"99999999999999999999", "2147483646"}}) {
            origin.forget();
            assertThat(status(options + "Max-Forwards: " + pair[0] + "\r\n")).isEqualTo(200);
            assertThat(origin.heads())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("max-forwards: " + pair[1] + "\r\n");
        }
        origin.forget();
        // RFC 9110 §7.6.2: for OPTIONS and TRACE only.
        assertThat(status("GET /a HTTP/1.1\r\n" + ONE_HOST + "Max-Forwards: 0\r\n"))
                .isEqualTo(200);
        assertThat(origin.heads()).singleElement().asString().contains("Max-Forwards: 0\r\n");
    }

    @Test
    void connect_and_trace_are_answered_405() throws Exception {
        assertThat(status("TRACE / HTTP/1.1\r\n" + ONE_HOST)).isEqualTo(405);
        assertThat(status("CONNECT app.test:443 HTTP/1.1\r\n" + ONE_HOST)).isEqualTo(405);
        assertThat(http2(":method", "CONNECT", ":authority", "app.test:443")).isEqualTo("405");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/1.1", "Http/1.1", "HTTP/1.1x", "HTTP/1.10", "HTTPS/1.1", "HTP/1.1"})
    void a_version_in_another_spelling_is_none(String version) throws Exception {
        assertThat(status("GET / " + version + "\r\n" + ONE_HOST)).isEqualTo(400);
        assertThat(origin.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, http, http://app.test/x, app.test, 400",
        "GET, http, x, app.test, 400",
        "GET, http, *, app.test, 400",
        "GET, http, ?a, app.test, 400",
        "GET, http, /a#b, app.test, 400",
        "GET, http, '/a b', app.test, reset 1",
        "GET, http, /a\\b, app.test, 400",
        "GET, http, /..%2fa, app.test, 400",
        "OPTIONS, http, *, app.test, 200",
        "OPTIONS, http, http://app.test, app.test, 400",
        "GET, http, /, user@app.test, 400",
        "GET, http, /, :80, 400",
        "GET, http, /, app.test#, 400",
        "GET, http, /, %61pp.test, 400",
        "GET, ftp, /, app.test, reset 1",
        "GET, 1+%, /, app.test, reset 1",
        "GET, http, '', app.test, reset 1",
        "GET, HTTPS, /, app.test, 200",
        "GET, http, /, app.test, 200"
    })
    void a_header_section_asks_for_a_path_of_http(
            String method, String scheme, String path, String authority, String outcome) throws Exception {
        assertThat(http2(":method", method, ":scheme", scheme, ":path", path, ":authority", authority))
                .isEqualTo(outcome);
        assertThat(origin.requests()).hasSize(outcome.equals("200") && method.equals("GET") ? 1 : 0);
    }

    @Test
    void host_and_authority_of_a_header_section_agree_and_one_of_them_is_there() throws Exception {
        var head = new String[] {":method", "GET", ":scheme", "http", ":path", "/"};
        assertThat(http2(with(head, "host", "app.test"))).isEqualTo("200");
        assertThat(http2(with(head, ":authority", "app.test", "host", "app.test")))
                .isEqualTo("200");
        origin.forget();
        assertThat(http2(head)).isEqualTo("400");
        assertThat(http2(with(head, ":authority", "app.test", "host", "other.test")))
                .isEqualTo("400");
        assertThat(http2(with(head, "host", "app.test", "host", "app.test"))).isEqualTo("400");
        assertThat(http2(with(head, ":authority", "app.test", "host", "app.test", "host", "other.test")))
                .isEqualTo("400");
        var absolute = new String[] {":method", "GET", ":scheme", "http", ":path", "http://app.test/x"};
        assertThat(http2(with(absolute, "host", "other.test"))).isEqualTo("400");
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void an_extended_connect_that_was_not_announced_is_malformed_for_every_method() throws Exception {
        for (var method : List.of("GET", "POST", "OPTIONS", "CONNECT")) {
            assertThat(http2(
                            ":method",
                            method,
                            ":scheme",
                            "http",
                            ":path",
                            "/",
                            ":authority",
                            HOST,
                            ":protocol",
                            "websocket"))
                    .as(method)
                    .isEqualTo("reset 1");
        }
        assertThat(http2(":method", "CONNECT", ":scheme", "http", ":path", "/", ":authority", HOST))
                .isEqualTo("reset 1");
        assertThat(origin.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/..%2fadmin",
                "/x/..%5cadmin",
                "/x%2f../admin",
                "/x/%2e%2e%2fadmin",
                "/%2e%2e%5cadmin",
                "/.%2e%2fadmin",
                "/x%2f..",
                "/x%2F.%2Fadmin",
                "/x/%252e%252e/admin",
                "/x/%252e%252e%252fadmin",
                "/x/..%252fadmin",
                "/x/..%25252fadmin",
                "/x/..%255cadmin",
                "/x/..%25%32%66admin",
                "/x/..%c0%afadmin",
                "/x/%c0%ae%c0%ae/admin",
                "/x/%e0%80%ae%e0%80%ae/admin",
                "/x/..%f0%80%80%afadmin",
                "/x/%f8%80%80%80%ae%f8%80%80%80%ae/admin",
                "/x/..%c0%2fadmin",
                "/x/..;/admin",
                "/x/..;a=b/admin",
                "/.;/admin",
                "/x/..%3b/admin",
                "/x/%2e%2e;/admin",
                "/x/..;"
            })
    void a_dot_segment_that_only_more_decoding_would_make_is_refused(String path) throws Exception {
        assertThat(status("GET " + path + " HTTP/1.1\r\n" + ONE_HOST)).isEqualTo(400);
        assertThat(status("GET http://app.test" + path + "?q HTTP/1.1\r\n" + ONE_HOST))
                .isEqualTo(400);
        assertThat(http2(":method", "GET", ":scheme", "http", ":path", path, ":authority", HOST))
                .isEqualTo("400");
        assertThat(origin.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/queues/%2f/name, /api/queues/%2F/name",
        "/api/v4/projects/group%2Fproject/files/lib%2Fclass%2Erb, /api/v4/projects/group%2Fproject/files/lib%2Fclass.rb",
        "/files/dir%2f.gitignore, /files/dir%2F.gitignore",
        "/@scope%2fname, /@scope%2Fname",
        "/a%5cb, /a%5CB",
        "/100%25, /100%25",
        "/a%252fb, /a%252fb",
        "/.well-known/acme-challenge/x, /.well-known/acme-challenge/x",
        "/.../x, /.../x",
        "/..a/x, /..a/x",
        "/a;b=../x, /a;b=../x",
        "/a/../b, /b",
        "/a/%2e%2e/b, /b",
        "/caf%e9/%c0%20x, /caf%E9/%C0%20x"
    })
    void other_encoded_paths_pass(String path, String received) throws Exception {
        assertThat(status("GET " + path + " HTTP/1.1\r\n" + ONE_HOST)).isEqualTo(200);
        assertThat(origin.requests()).singleElement().asString().isEqualToIgnoringCase("GET " + received);
    }

    @Test
    void encoded_slashes_can_be_refused_altogether(@TempDir Path manifests) throws Exception {
        Files.writeString(manifests.resolve("app.yaml"), origin.manifests(HOST));
        try (var strict = Adit.serving(manifests, "--encoded-slashes=reject")) {
            for (var path : List.of("/a%2fb", "/a%5Cb", "/a%252fb", "/a%c0%afb", "/%2F")) {
                assertThat(exchange(strict, "GET " + path + " HTTP/1.1\r\n" + ONE_HOST))
                        .as(path)
                        .startsWith("HTTP/1.1 400 ")
                        .contains("encoded slash");
            }
            assertThat(origin.requests()).isEmpty();
            for (var path : List.of("/a/b", "/a%20b", "/a?b=%2f", "/100%25")) {
                assertThat(exchange(strict, "GET " + path + " HTTP/1.1\r\n" + ONE_HOST))
                        .as(path)
                        .startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void what_frames_or_identifies_passes_in_no_spelling() throws Exception {
        var dropped = List.of(
                "Content_Length",
                "Transfer_Encoding",
                "X_Forwarded_For",
                "X-Forwarded_Proto",
                "X_Real_IP",
                "X.Real.Ip",
                "Content.Length",
                "Transfer!Encoding",
                "Keep_Alive",
                "Proxy_Connection",
                "Proxy_Authorization",
                "HTTP2_Settings",
                "x_forwarded_whatever");
        var kept = List.of("X_Custom", "Content_Type", "X-Real", "My_Content_Length", "Accept_Encoding");
        var fields = new StringBuilder(ONE_HOST);
        var section = new ArrayList<>(List.of(":method", "GET", ":scheme", "http", ":path", "/", ":authority", HOST));
        for (var name : List.of(dropped, kept).stream().flatMap(List::stream).toList()) {
            fields.append(name).append(": evil\r\n");
            section.add(name.toLowerCase(java.util.Locale.ROOT));
            section.add("evil");
        }
        assertThat(status("GET / HTTP/1.1\r\n" + fields)).isEqualTo(200);
        assertThat(http2(section.toArray(String[]::new))).isEqualTo("200");
        assertThat(origin.heads()).hasSize(2);
        for (var head : origin.heads()) {
            for (var name : dropped) {
                assertThat(head).doesNotContainIgnoringCase("\r\n" + name + ": evil");
            }
            for (var name : kept) {
                assertThat(head).containsIgnoringCase("\r\n" + name + ": evil\r\n");
            }
        }
    }

    private int status(String head) throws IOException {
        var answer = exchange(head);
        assertThat(answer).startsWith("HTTP/1.1 ");
        return Integer.parseInt(answer.substring(9, 12));
    }

    private String exchange(String head) throws IOException {
        return exchange(adit, head);
    }

    private static String exchange(Adit adit, String head) throws IOException {
        try (var client = RawSocket.connect(adit.http())) {
            return client.send(head + "Connection: close\r\n\r\n").readAll();
        }
    }

    /** On a connection of its own: the status of the response, or the code by which its stream was reset. */
    private String http2(String... fields) throws IOException {
        try (var client = RawSocket.connect(adit.http())) {
            client.send(Http2Bytes.begin().headers(1, true, fields).toBytes());
            while (true) {
                var frame = Http2Bytes.next(client);
                if (frame.stream() == 1 && frame.type() == Http2Bytes.HEADERS) {
                    return Integer.toString(frame.status());
                }
                if (frame.type() == Http2Bytes.RST_STREAM || frame.type() == Http2Bytes.GOAWAY) {
                    return "reset " + frame.error();
                }
            }
        }
    }

    private static String[] with(String[] head, String... more) {
        var all = new ArrayList<>(List.of(head));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
