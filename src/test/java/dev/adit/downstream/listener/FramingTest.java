package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message ends is never left to the reader's taste (RFC 9112 §6). */
class FramingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
                "Content-Length: 3, 3\r\n\r\nabc",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x3\r\n\r\nabc",
                "Content-Length: 3 3\r\n\r\nabc",
                "Content-Length:\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\n\tx\r\n\r\nabc",
                "X: a\rb\r\n\r\n",
                "X: a\u0000b\r\n\r\n",
                "X\u0001: a\r\n\r\n",
                "X y: a\r\n\r\n",
                "Host: b.test\r\n\r\n",
                ": a\r\n\r\n"
            })
    void a_request_whose_end_or_fields_are_unclear_is_refused_and_the_connection_ends(String fields) throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var request =
                    "POST / HTTP/1.1\r\nHost: a.test\r\n" + fields + "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n";
            var response = RawClient.exchange(proxy.http(), request);
            assertThat(response).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
            assertThat(origin.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "z\r\nabc\r\n0\r\n\r\n",
                "-1\r\n\r\n",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\nabc\r\n0\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n"
            })
    void a_chunk_that_is_malformed_ends_the_exchange_on_both_sides(String chunks) throws Exception {
        try (var origin = new RawOrigin((_, socket) -> socket.getInputStream().readAllBytes())) {
            proxy.route(origin.port());
            var response = RawClient.exchange(
                    proxy.http(), "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
            assertThat(response).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void a_response_whose_end_is_unclear_is_a_502(String answer) throws Exception {
        try (var origin = RawOrigin.answering(answer)) {
            proxy.route(origin.port());
            var response =
                    RawClient.exchange(proxy.http(), "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
            assertThat(response).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void chunks_and_trailers_reach_the_other_side() throws Exception {
        var answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                + "2;ext=1\r\nok\r\n0\r\nX-Sum: 7\r\nConnection: x\r\n\r\n";
        try (var origin = RawOrigin.answering(answer)) {
            proxy.route(origin.port());
            var response = RawClient.exchange(
                    proxy.http(), "GET / HTTP/1.1\r\nHost: a.test\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n");
            assertThat(response).endsWith("\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n");
            assertThat(origin.head()).containsIgnoringCase("\r\nte: trailers\r\n");
        }
    }

    @Test
    void a_client_of_http_1_0_gets_a_body_that_ends_with_the_connection() throws Exception {
        var answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        try (var origin = RawOrigin.answering(answer)) {
            proxy.route(origin.port());
            var response = RawClient.exchange(proxy.http(), "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
            assertThat(response)
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContainIgnoringCase("transfer-encoding")
                    .endsWith("\r\n\r\nok");
        }
    }

    @Test
    void a_body_that_ends_with_a_reset_is_not_passed_off_as_whole() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nonly the beg".getBytes(StandardCharsets.US_ASCII));
            socket.setSoLinger(true, 0); // so that closing resets
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
                assertThat(client.readAll()).doesNotEndWith("0\r\n\r\n");
            }
        }
    }

    @Test
    void a_client_of_http_1_0_is_told_by_a_reset_that_its_body_is_not_whole() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbe")) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
                assertThatThrownBy(client::readAll).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void the_eight_bytes_of_a_forgotten_websocket_are_no_body() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var request = "GET / HTTP/1.1\r\nHost: a.test\r\nSec-WebSocket-Key1: x\r\nSec-WebSocket-Key2: y\r\n\r\n";
            assertThat(RawClient.exchange(proxy.http(), request + "GET /a\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(origin.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a\rX-Forwarded-For: 6.6.6.6]",
                "[::1%25x]",
                "a\rb",
                "a b",
                "a\u0000",
                "user@a",
                "a/b",
                "[::1]x",
                "a:b:c"
            })
    void a_host_that_is_none_reaches_no_upstream(String host) throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            assertThat(RawClient.exchange(proxy.http(), request)).startsWith("HTTP/1.1 400 ");
            assertThat(origin.heads()).isEmpty();
        }
    }

    @Test
    void an_upgrade_with_a_body_is_an_ordinary_request() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var request = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                    + "Content-Length: 3\r\n\r\nabc";
            assertThat(RawClient.exchange(proxy.http(), request)).startsWith("HTTP/1.1 200 ");
            assertThat(origin.head()).doesNotContainIgnoringCase("upgrade").containsIgnoringCase("content-length: 3");
        }
    }

    @Test
    void responses_to_head_and_without_content_carry_no_body() throws Exception {
        try (var origin = new RawOrigin((head, socket) -> {
            var answer = head.startsWith("HEAD")
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                    : "HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("content-length: 1000");
                client.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
                assertThat(client.readAll()).startsWith("HTTP/1.1 304 ").endsWith("\r\n\r\n");
            }
        }
    }
}
