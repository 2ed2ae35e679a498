package dev.adit.nativetests;

import static dev.adit.testbed.Http2Frames.END_STREAM;
import static dev.adit.testbed.Http2Script.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.Answer;
import dev.adit.testbed.Http2Connection;
import dev.adit.testbed.ScriptedOrigin;
import dev.adit.testbed.TlsClient;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Endpoints that answer what is not HTTP. Their clients see 502, or a response that is broken off; they never see one
 * that two readers could take in two ways.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndpointAnswersTest {
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\n";

    private static AnsweringEndpoints endpoints;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        endpoints = new AnsweringEndpoints(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        endpoints.close();
    }

    static Stream<String> notHttp1() {
        var heads = Stream.of(
                "HTTP/1.1 0 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 99 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 1000 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2147483647 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 0200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 +200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 -200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2 00 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 20x OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1\t200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200\tOK\r\nContent-Length: 0\r\n\r\n",
                " HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "ICY 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 O\u001bK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "{\"status\": 200}\r\n\r\n",
                SWITCH + UPGRADE + "\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink foo: </a>\r\n\r\n" + OK,
                "HTTP/1.1 103 Early Hints\r\nLink: \u0001\r\n\r\n" + OK,
                "HTTP/1.1 100 Continue\r\nX: \u0000\r\n\r\n" + OK,
                "HTTP/1.1 200 OK\r\n" + "a:\r\n".repeat(101) + "Content-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: " + "a".repeat(40_000) + "\r\nContent-Length: 0\r\n\r\n");
        var fields = Stream.of(
                "Content-Length foo: 2",
                "Content-Length : 2",
                "Content-Length\t: 2",
                "Set Cookie: a=b\r\nContent-Length: 2",
                ": a\r\nContent-Length: 2",
                " X: a\r\nContent-Length: 2",
                "X\u0000: a\r\nContent-Length: 2",
                "X: a\u0000b\r\nContent-Length: 2",
                "X: a\rContent-Length: 5\r\nContent-Length: 2",
                "X: a\nContent-Length: 2",
                "no colon\r\nContent-Length: 2",
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2, 2",
                "Content-Length: +2",
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, identity");
        return Stream.concat(heads, fields.map(field -> "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\nok"));
    }

    @ParameterizedTest
    @MethodSource("notHttp1")
    void what_is_not_http_1_is_a_502_and_the_next_request_is_served(String response) throws Exception {
        endpoints.http1().answers(response);
        endpoints.assertBadGateway("http1.test", "GET", "");
        endpoints.assertBadGatewayByHttp2("http1.test", "GET");
    }

    /** The other engine carries upgrades. */
    @ParameterizedTest
    @MethodSource("notHttp1")
    void nor_does_it_pass_in_answer_to_an_upgrade(String response) throws Exception {
        if (!response.startsWith(SWITCH)) { // which is what was asked for
            endpoints.http1().answers(response);
            endpoints.assertBadGateway("http1.test", "GET", UPGRADE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 599 Anything goes, \u00e4 too\r\nX:\r\n folded \r\n \r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 199 Not heard of\r\n\r\n" + OK,
                OK + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nunheld"
            })
    void what_is_http_1_passes(String response) throws Exception {
        endpoints.http1().answers(response);
        for (var fields : new String[] {"", UPGRADE}) {
            try (var client = endpoints.connect()) {
                var answer = AnsweringEndpoints.ask(client, "GET", "http1.test", "/bad", fields);
                while (answer.status() < 200) {
                    answer = Answer.read(client.getInputStream(), "GET");
                }
                assertThat(answer.body()).isEqualTo("ok");
                assertThat(AnsweringEndpoints.ask(client, "GET", "http1.test", "/", "")
                                .body())
                        .isEqualTo("ok");
            }
        }
        try (var client = endpoints.connectByHttp2()) {
            assertThat(client.ask("GET", "http", "http1.test", "/bad").body()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1\r\n",
                "+2\r\nok\r\n0\r\n\r\n",
                "0x2\r\nok\r\n0\r\n\r\n",
                "2 \r\nok\r\n0\r\n\r\n",
                "2\nok\r\n0\r\n\r\n",
                "2\r\nokay\r\n0\r\n\r\n",
                "80000000\r\nok",
                "2\r\nok\r\n0\r\nX-Sum foo: 1\r\n\r\n",
                "2\r\nok\r\n0\r\nX-Sum: \u0000\r\n\r\n",
                "2\r\nok\r\n0\r\nX: a\n\r\n\r\n"
            })
    void a_body_that_is_not_chunks_is_broken_off(String chunks) throws Exception {
        endpoints.http1().answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        for (var fields : new String[] {"TE: trailers\r\n", UPGRADE}) {
            try (var client = endpoints.connect()) {
                assertThatThrownBy(() -> AnsweringEndpoints.ask(client, "GET", "http1.test", "/bad", fields))
                        .isInstanceOf(EOFException.class);
            }
        }
        try (var client = endpoints.connectByHttp2()) {
            var answer = client.ask("GET", "http", "http1.test", "/bad", "te", "trailers");
            assertThat(answer.isReset()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SWITCH + "\r\n",
                SWITCH + "Upgrade: websocket\r\n\r\n",
                SWITCH + "Connection: Upgrade\r\n\r\n",
                SWITCH + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
                SWITCH + "Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n\r\n",
                SWITCH + "Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n\r\n",
                SWITCH + "Connection: close\r\nUpgrade: websocket\r\n\r\n",
                "HTTP/1.0 101 Switching Protocols\r\n" + UPGRADE + "\r\n"
            })
    void only_what_was_asked_for_is_switched_to(String response) throws Exception {
        endpoints.http1().answers(response);
        endpoints.assertBadGateway("http1.test", "GET", UPGRADE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /secret HTTP/1.1\r\nHost: http1.test\r\n\r\n", "\u0081\u0005hello", "GET /half"})
    void what_a_client_sends_before_the_switch_is_refused_and_reaches_nobody(String early) throws Exception {
        endpoints.http1().heads().clear();
        var refused = new CountDownLatch(1);
        endpoints.http1().answers((_, out) -> {
            await(refused);
            out.write(ScriptedOrigin.bytes(SWITCH + UPGRADE + "\r\n"));
        });
        try (var client = endpoints.connect()) {
            client.setSoTimeout(10_000);
            AnsweringEndpoints.send(client, "GET /bad HTTP/1.1\r\nHost: http1.test\r\n" + UPGRADE + "\r\n" + early);
            var answer = Answer.read(client.getInputStream(), "GET");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("behind an upgrade before it was answered");
            refused.countDown();
            assertThat(client.getInputStream().read()).isNegative();
        }
        assertThat(endpoints.http1().heads()).noneMatch(head -> head.contains("secret"));
    }

    @Test
    void an_hsts_annotation_with_a_line_end_is_reported_and_changes_no_response() throws Exception {
        var answer = TlsClient.get("127.0.0.1", endpoints.adit().https(), "hsts.test", "/")
                .response();
        assertThat(answer).matches("(?s)HTTP/1\\.1 200 OK\r\n(?:[^\r\n: ]+: [^\r\n]+\r\n)+\r\nok");
        assertThat(answer).doesNotContainIgnoringCase("includeSubDomains");
        try (var socket = TlsClient.connect("127.0.0.1", endpoints.adit().https(), "hsts.test")) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            try (var client = new Http2Connection(socket)) {
                assertThat(client.ask("GET", "https", "hsts.test", "/").body()).isEqualTo("ok");
            }
        }
        assertThat(TlsClient.get("127.0.0.1", endpoints.adit().https(), "good.test", "/")
                        .response())
                .containsIgnoringCase("strict-transport-security: max-age=31536000; includeSubDomains\r\n");
        assertThat(endpoints.adit().output()).contains("adit.dev/hsts");
    }

    @Test
    void an_endpoint_cannot_fill_the_log() throws Exception {
        var before = endpoints.adit().output().lines().count();
        endpoints.http1().answers("HTTP/1.1 0 OK\r\n\r\n");
        endpoints.http2().answers(head(END_STREAM, ":status", "0"));
        for (var i = 0; i < 50; i++) {
            endpoints.assertBadGateway("http1.test", "GET", "");
            endpoints.assertBadGateway("http1.test", "GET", UPGRADE);
            endpoints.assertBadGateway("http2.test", "GET", "");
        }
        assertThat(endpoints.adit().output().lines().skip(before)).hasSizeLessThan(5);
        assertThat(endpoints.adit().output()).doesNotContain("ERROR", "\tat ");
    }

    private static void await(CountDownLatch event) {
        try {
            var _ = event.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
