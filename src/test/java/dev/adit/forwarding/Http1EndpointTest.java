package dev.adit.forwarding;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What only an endpoint of HTTP/1 can do to an exchange, in plain text and by TLS. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#toHttp1")
class Http1EndpointTest extends WireTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void an_answer_that_can_be_read_in_two_ways_is_a_502() throws Exception {
        for (var malformed : List.of(
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a",
                "HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")) {
            try (var origin = new RawOrigin(versions.endpoint(), (_, socket) -> write(socket, malformed))) {
                wire.route(origin.port());
                assertThat(wire.get("/").status()).as(malformed).isEqualTo(502);
            }
        }
    }

    @Test
    void a_body_that_ends_with_the_connection_is_whole() throws Exception {
        try (var origin = new RawOrigin(
                versions.endpoint(), (_, socket) -> write(socket, "HTTP/1.1 200 OK\r\n\r\nuntil the end"))) {
            wire.route(origin.port());
            assertThat(wire.get("/").text()).isEqualTo("until the end");
        }
    }

    @Test
    void an_endpoint_that_says_it_is_done_need_not_close_the_connection_first() throws Exception {
        try (var origin = new RawOrigin(versions.endpoint(), (_, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\n\r\nuntil the end");
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
            wire.route(origin.port());
            assertThat(wire.get("/").text()).isEqualTo("until the end");
        }
    }

    @Test
    void a_request_meets_an_unused_connection_that_was_closed_and_is_sent_again_if_that_is_safe() throws Exception {
        // Answers once, and closes when the next request has come: so it looks to a client that was too late.
        try (var origin = new RawOrigin(versions.endpoint(), (_, socket) -> {
            write(socket, OK);
            RawOrigin.readHead(socket);
        })) {
            wire.route(origin.port());
            assertThat(wire.get("/first").text()).isEqualTo("ok");
            assertThat(wire.get("/again").text()).isEqualTo("ok");
            assertThat(origin.heads()).hasSize(2);
            var unsafe = wire.request(HttpMethod.POST, "/once");
            assertThat(await(Wire.answer(unsafe, Buffer.buffer("body"))).status())
                    .isEqualTo(502);
            assertThat(origin.heads()).hasSize(2);
        }
    }

    @Test
    void a_request_on_a_new_connection_is_not_sent_again() throws Exception {
        try (var origin = new RawOrigin(versions.endpoint(), (_, _) -> {})) {
            wire.route(origin.port());
            assertThat(wire.get("/").status()).isEqualTo(502);
            assertThat(origin.heads()).hasSize(1);
        }
    }

    @Test
    void one_connection_carries_requests_one_after_the_other() throws Exception {
        try (var origin = new RawOrigin(versions.endpoint(), (_, socket) -> {
            do {
                write(socket, OK);
            } while (!RawOrigin.readHead(socket).isEmpty());
        })) {
            wire.route(origin.port());
            for (var i = 0; i < 3; i++) {
                assertThat(wire.get("/" + i).text()).isEqualTo("ok");
            }
            assertThat(origin.heads()).as("first requests of a connection").hasSize(1);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
