package dev.adit.forwarding;

import static dev.adit.testbed.Http2Peer.section;
import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.ClientVersion;
import dev.adit.testbed.Http2Peer;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields behind a body, in both directions. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#all")
class TrailerTest extends WireTest {
    @Test
    void a_client_that_takes_trailers_gets_those_of_the_endpoint() throws Exception {
        answerWithTrailers();
        var request = wire.request(HttpMethod.GET, "/");
        request.putHeader("te", "trailers");
        if (versions.client() == ClientVersion.HTTP1) {
            request.putHeader("connection", "te");
        }
        var answer = await(Wire.answer(request, Buffer.buffer()));
        assertThat(answer.text()).isEqualTo("body");
        assertThat(answer.response().trailers().get("grpc-status")).isEqualTo("0");
        assertThat(answer.response().trailers().names()).doesNotContain("content-length", "set-cookie");
    }

    @Test
    void a_client_that_does_not_say_that_it_takes_trailers_gets_none() throws Exception {
        answerWithTrailers();
        var answer = wire.get("/");
        assertThat(answer.text()).isEqualTo("body");
        assertThat(answer.response().trailers()).isEmpty();
    }

    @Test
    void the_endpoint_gets_the_trailers_of_the_client() throws Exception {
        var seen = new LinkedBlockingQueue<String>();
        if (versions.endpoint().isHttp2()) {
            try (var origin = Http2Peer.endpoint(
                    versions.endpoint(),
                    (stream, channel) -> Http2Peer.send(channel, stream, section(":status", "200"), "ok", section()))) {
                wire.route(origin.port());
                sendWithTrailers();
                assertThat(origin.next()).startsWith("head ").contains(":method: POST");
                assertThat(origin.next()).isEqualTo("data body");
                assertThat(origin.next())
                        .startsWith("head ")
                        .contains("x-sum: 7")
                        .doesNotContain("x-forwarded-for");
            }
            return;
        }
        try (var origin = new RawOrigin(versions.endpoint(), (_, socket) -> {
            seen.add(RawOrigin.readHead(socket));
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
        })) {
            wire.route(origin.port());
            sendWithTrailers();
            assertThat(seen.poll(10, TimeUnit.SECONDS).toLowerCase(Locale.ROOT))
                    .isEqualTo("4\r\nbody\r\n0\r\nx-sum: 7\r\n\r\n");
        }
    }

    private void answerWithTrailers() throws Exception {
        wire.endpoint(request -> {
            var response = request.response().setChunked(true);
            response.write("body");
            response.putTrailer("grpc-status", "0")
                    .putTrailer("set-cookie", "a=1")
                    .end();
        });
    }

    private void sendWithTrailers() throws Exception {
        if (versions.client() == ClientVersion.HTTP1) {
            var head = "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
            var body = "4\r\nbody\r\n0\r\nX-Sum: 7\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n";
            assertThat(RawClient.exchange(wire.proxy().http(), head + body)).startsWith("HTTP/1.1 200 ");
            return;
        }
        try (var client = Http2Peer.client(wire.proxy().https())) {
            client.send(
                    section(":method", "POST", ":scheme", "https", ":path", "/", ":authority", "a.test"),
                    "body",
                    section("x-sum", "7", "x-forwarded-for", "6.6.6.6"));
            assertThat(client.next()).startsWith("head ").contains(":status: 200");
        }
    }
}
