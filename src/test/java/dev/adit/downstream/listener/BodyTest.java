package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What follows the head of a request, and when. */
class BodyTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void bodies_of_both_framings_arrive_whole() throws Exception {
        var length = 3_000_000;
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        try (var origin = new RawOrigin((head, socket) -> {
            var body = socket.getInputStream();
            var read = head.toLowerCase(Locale.ROOT).contains("content-length: " + length)
                    ? body.readNBytes(length).length
                    : chunked(body);
            var answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            var text = Integer.toString(read);
            var chunk = Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n";
            socket.getOutputStream().write(chunk.getBytes(StandardCharsets.US_ASCII));
        })) {
            proxy.route(origin.port());
            var client = HttpClient.newHttpClient();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.http() + "/"));
            var withLength =
                    request.POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build();
            assertThat(client.send(withLength, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("" + length);
            var chunks = HttpRequest.BodyPublishers.ofByteArrays(List.of(bytes));
            assertThat(client.send(request.POST(chunks).build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("" + length);
        }
    }

    @Test
    void a_client_that_expects_100_gets_it_from_the_upstream() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(3)).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 100 ");
                client.send("abc");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void a_client_that_is_refused_in_place_of_100_gets_the_answer_and_the_connection_ends() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno")) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
                assertThat(client.readAll()).startsWith("HTTP/1.1 417 ").endsWith("\r\n\r\nno");
            }
        }
    }

    private static int chunked(InputStream body) throws IOException {
        var total = 0;
        while (true) {
            var size = new StringBuilder();
            while (size.indexOf("\r\n") < 0) {
                size.append((char) body.read());
            }
            var length = Integer.parseInt(size.toString().trim(), 16);
            total += body.readNBytes(length).length;
            body.readNBytes(2);
            if (length == 0) {
                return total;
            }
        }
    }
}
