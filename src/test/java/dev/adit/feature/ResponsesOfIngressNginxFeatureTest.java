package dev.adit.feature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Http2Client;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Reply;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the bodies of responses by ingress-nginx: use-gzip of its ConfigMap, limit-rate and limit-rate-after. */
class ResponsesOfIngressNginxFeatureTest {
    private static final String TEXT = "All work and no play makes Jack a dull boy.\n".repeat(5_000);
    private static final String LENGTH = "Content-Length: " + TEXT.length() + "\r\n";
    private static final String PLAIN = "Content-Type: text/plain; charset=utf-8\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n";
    private static final int KILOBYTE = 1_024;

    @ParameterizedTest
    @ValueSource(strings = {"length", "chunks", "close"})
    void a_body_is_compressed_however_the_endpoint_says_how_long_it_is(String framing) throws Exception {
        var response = switch (framing) {
            case "length" -> head(200, PLAIN + LENGTH + "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\n") + TEXT;
            case "chunks" ->
                head(200, PLAIN + "ETag: W/\"v1\"\r\nTransfer-Encoding: chunked\r\n")
                        + Integer.toHexString(TEXT.length()) + "\r\n" + TEXT + "\r\n0\r\n\r\n";
            default -> head(200, PLAIN + "ETag: \"v1\"\r\n") + TEXT;
        };
        try (var web = RawOrigin.answering(response);
                var adit = gzip(web, "use-gzip: 'true'")) {
            var reply = ask(adit, "Accept-Encoding: br, gzip;q=0.5");
            var body = unchunked(reply);
            assertThat(unzipped(body)).isEqualTo(TEXT);
            assertThat(body.length).isLessThan(TEXT.length() / 10);
            assertThat(reply.fields().names()).doesNotContain("content-length", "accept-ranges");
            assertThat(reply.field("content-encoding")).isEqualTo("gzip");
            assertThat(reply.field("vary")).isEqualTo("Accept-Encoding");
            assertThat(reply.field("etag")).isEqualTo("W/\"v1\"");
        }
    }

    @Test
    void the_same_holds_by_http2() throws Exception {
        try (var web = RawOrigin.answering(head(200, "Content-Type: application/json\r\n" + LENGTH) + TEXT);
                var adit = gzip(web, "use-gzip: 'true'");
                var client = new Http2Client()) {
            var port = Integer.parseInt(adit.address().split(":", -1)[2]);
            var request = client.requestTo("a.test", port, HttpMethod.GET, "/").putHeader("accept-encoding", "gzip");
            var body = Http2Client.await(request.send().compose(HttpClientResponse::body));
            assertThat(unzipped(body.getBytes())).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use-gzip: 'true' | Accept-Encoding: identity | 200 | Content-Type: text/plain",
                "use-gzip: 'true' | Accept-Encoding: gzip;q=0 | 200 | Content-Type: text/plain",
                "use-gzip: 'true' | Accept-Encoding: * | 200 | Content-Type: text/plain",
                "use-gzip: 'true' | Accept-Encoding: gzip | 200 | Content-Type: image/png",
                "use-gzip: 'true' | Accept-Encoding: gzip | 200 | X-Type: none",
                "use-gzip: 'true' | Accept-Encoding: gzip | 500 | Content-Type: text/plain",
                "use-gzip: 'true', gzip-types: text/css | Accept-Encoding: gzip | 200 | Content-Type: text/plain",
                "use-gzip: 'true', gzip-min-length: '1000000' | Accept-Encoding: gzip | 200 | Content-Type: text/plain",
                "use-gzip: 'true' | Accept-Encoding: gzip | 200 | Content-Type: text/plain; Content-Encoding: br",
                "use-gzip: 'true' | Accept-Encoding: gzip | 200 | Content-Type: text/plain; Cache-Control: no-transform",
                "use-gzip: 'false' | Accept-Encoding: gzip | 200 | Content-Type: text/plain",
                "worker-processes: '1' | Accept-Encoding: gzip | 200 | Content-Type: text/plain"
            },
            quoteCharacter = '`')
    void everything_else_passes_as_it_is(String settings, String accepted, int status, String fields) throws Exception {
        var lines = fields.replace("; ", "\r\n") + "\r\n";
        try (var web = RawOrigin.answering(head(status, lines + LENGTH) + TEXT);
                var adit = gzip(web, settings)) {
            var reply = ask(adit, accepted);
            assertThat(reply.body()).isEqualTo(TEXT);
            assertThat(reply.field("content-length")).isEqualTo(String.valueOf(TEXT.length()));
        }
    }

    @Test
    void a_client_of_http_1_0_gets_the_body_as_it_is() throws Exception {
        try (var web = RawOrigin.answering(head(200, PLAIN + LENGTH) + TEXT);
                var adit = gzip(web, "use-gzip: 'true'")) {
            var reply = adit.send("GET / HTTP/1.0\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");
            assertThat(reply.body()).isEqualTo(TEXT);
            assertThat(reply.field("vary")).isEqualTo("Accept-Encoding");
        }
    }

    @Test
    void what_an_endpoint_has_said_is_with_the_client_before_it_says_more() throws Exception {
        var lines = new LinkedBlockingQueue<String>();
        try (var web = new RawOrigin((_, socket) -> {
                    var out = socket.getOutputStream();
                    out.write(head(200, PLAIN).getBytes(ISO_8859_1));
                    for (var line = take(lines); !line.isEmpty(); line = take(lines)) {
                        out.write(line.getBytes(ISO_8859_1));
                    }
                });
                var adit = gzip(web, "use-gzip: 'true'")) {
            lines.add("one\n");
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port(adit))) {
                socket.getOutputStream().write((GET + "Accept-Encoding: gzip\r\n\r\n").getBytes(ISO_8859_1));
                RawOrigin.readHead(socket);
                var in = new GZIPInputStream(new Chunks(socket.getInputStream()));
                assertThat(new String(in.readNBytes(4), ISO_8859_1)).isEqualTo("one\n");
                lines.add("two\n");
                assertThat(new String(in.readNBytes(4), ISO_8859_1)).isEqualTo("two\n");
                lines.add("");
                assertThat(in.readAllBytes()).isEmpty();
            }
        }
    }

    /** After the first kilobytes, and those of a second, no more have come than the time since the request allows. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit-rate: '20', {}limit-rate-after: '30' | 20 | 30",
                "limit-rate: '40' | 40 | 0",
            },
            quoteCharacter = '`')
    void a_response_is_no_faster_than_its_rate_and_comes_whole(String annotations, int rate, int after)
            throws Exception {
        var body = "x".repeat(100 * KILOBYTE);
        try (var web = RawOrigin.answering(head(200, "Content-Length: " + body.length() + "\r\n") + body);
                var adit = IngressNginx.serving(annotations, web.port());
                var socket = new Socket(InetAddress.getLoopbackAddress(), port(adit))) {
            var begin = System.nanoTime();
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            var total = 0;
            var piece = new byte[8 * KILOBYTE];
            for (var count = read(socket, piece); count >= 0; count = read(socket, piece)) {
                total += count;
                var seconds = (System.nanoTime() - begin) / 1e9;
                assertThat(total / (double) KILOBYTE).isLessThanOrEqualTo(1 + after + rate * (1 + seconds));
            }
            assertThat(total).isGreaterThan(body.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit-rate: '0'", "limit-rate: '-1'", "limit-rate: fast", "limit-rate-after: '1'"})
    void without_a_rate_it_is_sent_at_once(String annotations) throws Exception {
        try (var web = RawOrigin.answering(head(200, LENGTH) + TEXT);
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(adit.get("a.test/").body()).isEqualTo(TEXT);
            assertThat(adit.translation().table().toString()).doesNotContain("ResponseRate");
        }
    }

    @Test
    void an_endpoint_whose_client_leaves_a_slow_response_is_told() throws Exception {
        var isTold = new CountDownLatch(1);
        try (var web = new RawOrigin((_, socket) -> {
                    try {
                        var out = socket.getOutputStream();
                        out.write(head(200, "Content-Length: 100000000\r\n").getBytes(ISO_8859_1));
                        for (var i = 0; i < 1_000; i++) {
                            out.write(new byte[100_000]);
                        }
                    } catch (IOException _) {
                        isTold.countDown();
                    }
                });
                var adit = IngressNginx.serving("limit-rate: '1'", web.port())) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port(adit))) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(ISO_8859_1));
                assertThat(socket.getInputStream().readNBytes(500)).hasSize(500);
            }
            assertThat(isTold.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What an endpoint sends behind its response is no part of it, however slowly that is passed on. */
    @Test
    void a_second_response_of_an_endpoint_is_told_to_nobody() throws Exception {
        var body = "x".repeat(3 * KILOBYTE);
        var two = head(200, "Content-Length: " + body.length() + "\r\n") + body
                + head(200, "Content-Length: 4\r\nX-Second: 1\r\n") + "evil";
        try (var web = RawOrigin.answering(two);
                var adit = IngressNginx.serving("limit-rate: '1'", web.port());
                var client = new RawClient(port(adit))) {
            for (var i = 0; i < 2; i++) {
                client.send(GET + "\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("x-second");
                assertThat(client.read(body.length())).isEqualTo(body);
            }
        }
    }

    /** A response that is replaced takes nothing with it of what was to become of it. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "image/png"})
    void a_page_in_place_of_a_response_that_was_to_be_compressed_is_whole(String type) throws Exception {
        var broken = head(200, PLAIN + LENGTH + "X-Bad: a\u0001b\r\n") + TEXT;
        var page = head(200, "Content-Type: " + type + "\r\n" + LENGTH) + TEXT;
        try (var web = RawOrigin.answering(broken);
                var errors = RawOrigin.answering(page);
                var adit = IngressNginx.configured(
                        "custom-http-errors: '502', {}default-backend: errors",
                        web.port(),
                        "use-gzip: 'true'",
                        "---\n" + Adit.service("errors", errors.port()))) {
            for (var i = 0; i < 200; i++) {
                var reply = ask(adit, "Accept-Encoding: gzip");
                var isZipped = type.startsWith("text");
                assertThat(reply.field("content-encoding")).isEqualTo(isZipped ? "gzip" : null);
                assertThat(isZipped ? unzipped(unchunked(reply)) : reply.body()).isEqualTo(TEXT);
            }
        }
    }

    @Test
    void a_compressed_response_may_be_slow() throws Exception {
        try (var web = RawOrigin.answering(head(200, PLAIN + LENGTH) + TEXT);
                var adit = serving("limit-rate: '1'", web, "use-gzip: 'true'")) {
            assertThat(unzipped(unchunked(ask(adit, "Accept-Encoding: gzip")))).isEqualTo(TEXT);
        }
    }

    private static String head(int status, String fields) {
        return "HTTP/1.1 " + status + " Said\r\n" + fields + "\r\n";
    }

    private static String take(BlockingQueue<String> lines) {
        try {
            return lines.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int read(Socket socket, byte[] into) throws IOException {
        return socket.getInputStream().read(into);
    }

    private static Adit gzip(RawOrigin web, String settings) {
        return serving("proxy-body-size: 1m", web, settings);
    }

    private static Adit serving(String annotations, RawOrigin web, String settings) {
        return IngressNginx.configured(annotations, web.port(), settings);
    }

    private static int port(Adit adit) {
        return Integer.parseInt(adit.address().split(":", -1)[1]);
    }

    private static Reply ask(Adit adit, String field) throws IOException {
        return adit.send(GET + "Connection: close\r\n" + field + "\r\n\r\n");
    }

    private static byte[] unchunked(Reply reply) throws IOException {
        return new Chunks(new ByteArrayInputStream(reply.body().getBytes(ISO_8859_1))).readAllBytes();
    }

    private static String unzipped(byte[] body) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }

    /** A body in chunks, each of which is read when it has come. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private int left;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int at, int most) throws IOException {
            if (left == 0) {
                left = Integer.parseInt(line(), 16);
                if (left == 0) {
                    return -1;
                }
            }
            var count = in.read(into, at, Math.min(left, most));
            left -= count;
            if (left == 0) {
                line();
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return left > 0 ? Math.min(left, in.available()) : 0;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (var one = in.read(); one != '\n'; one = in.read()) {
                line.append((char) one);
            }
            return line.toString().strip();
        }
    }
}
