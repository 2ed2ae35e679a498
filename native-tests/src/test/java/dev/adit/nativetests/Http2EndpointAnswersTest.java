package dev.adit.nativetests;

import static dev.adit.testbed.Http2Frames.END_STREAM;
import static dev.adit.testbed.Http2Script.data;
import static dev.adit.testbed.Http2Script.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.Answer;
import dev.adit.testbed.Http2Frames;
import dev.adit.testbed.Http2Script;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same of endpoints that speak HTTP/2 (RFC 9113 §8.1.1): a malformed response is a 502, or broken off. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Http2EndpointAnswersTest {
    private static AnsweringEndpoints endpoints;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        endpoints = new AnsweringEndpoints(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        endpoints.close();
    }

    static Stream<Http2Script> notHttp2() {
        return Stream.of(
                head(END_STREAM, ":status", "0"),
                head(END_STREAM, ":status", "99"),
                head(END_STREAM, ":status", "600"),
                head(END_STREAM, ":status", "1000"),
                head(END_STREAM, ":status", "2147483647"),
                head(END_STREAM, ":status", "+200"),
                head(END_STREAM, ":status", "0200"),
                head(END_STREAM, ":status", ""),
                head(END_STREAM, "x", "a"),
                head(END_STREAM, ":status", "200", ":status", "200"),
                head(END_STREAM, ":status", "200", ":path", "/"),
                head(END_STREAM, "x", "a", ":status", "200"),
                head(0, ":status", "101"),
                head(END_STREAM, ":status", "101"),
                head(END_STREAM, ":status", "100"),
                head(END_STREAM, ":status", "103"),
                head(END_STREAM, ":status", "102"),
                head(END_STREAM, ":status", "200", "x", "a\r\nset-cookie: b=c"),
                head(END_STREAM, ":status", "200", "x", "a\r\n b"),
                head(END_STREAM, ":status", "200", "x", "a\nb"),
                head(END_STREAM, ":status", "200", "x", "a\u0000b"),
                head(END_STREAM, ":status", "200", "x", " a"),
                head(END_STREAM, ":status", "200", "x", "a\t"),
                head(END_STREAM, ":status", "200", "X", "a"),
                head(END_STREAM, ":status", "200", "x y", "a"),
                head(END_STREAM, ":status", "200", "x\r\ny", "a"),
                head(END_STREAM, ":status", "200", "", "a"),
                head(END_STREAM, ":status", "200", "connection", "close"),
                head(END_STREAM, ":status", "200", "upgrade", "websocket"),
                head(END_STREAM, ":status", "200", "transfer-encoding", "chunked"),
                head(END_STREAM, ":status", "200", "content-length", "two"),
                head(END_STREAM, ":status", "200", "content-length", "2", "content-length", "3"),
                data(END_STREAM, "no head"),
                data(0, "no head").then(head(END_STREAM, ":status", "200")),
                head(0, ":status", "100").then(data(END_STREAM, "no final head")),
                head(END_STREAM, many(101)),
                head(END_STREAM, ":status", "200", "x", "a".repeat(40_000)));
    }

    @ParameterizedTest
    @MethodSource("notHttp2")
    void what_is_not_http_2_is_a_502_and_the_next_request_is_served(Http2Script script) throws Exception {
        endpoints.http2().answers(script);
        endpoints.assertBadGateway("http2.test", "GET", "");
        endpoints.assertBadGatewayByHttp2("http2.test", "GET");
    }

    static Stream<Http2Script> brokenOff() {
        return Stream.of(
                head(END_STREAM, ":status", "200", "content-length", "100"),
                head(0, ":status", "200", "content-length", "100").then(data(END_STREAM, "short")),
                head(0, ":status", "200", "content-length", "1").then(data(END_STREAM, "too long")),
                head(0, ":status", "200").then(head(0, ":status", "200")),
                head(0, ":status", "200").then(head(END_STREAM, ":status", "200")),
                head(0, ":status", "200").then(head(END_STREAM, "x", "a\nb")),
                head(0, ":status", "200").then(head(END_STREAM, many(101))));
    }

    @ParameterizedTest
    @MethodSource("brokenOff")
    void a_response_of_http_2_that_goes_wrong_is_broken_off(Http2Script script) throws Exception {
        endpoints.http2().answers(script);
        try (var client = endpoints.connect()) {
            assertThatThrownBy(() -> AnsweringEndpoints.ask(client, "GET", "http2.test", "/bad", "TE: trailers\r\n"))
                    .isInstanceOf(EOFException.class);
        }
        try (var client = endpoints.connectByHttp2()) {
            assertThat(client.ask("GET", "http", "http2.test", "/bad", "te", "trailers")
                            .isReset())
                    .isTrue();
        }
    }

    @Test
    void interim_responses_of_http_2_are_not_taken_for_the_final_one() throws Exception {
        endpoints
                .http2()
                .answers(head(0, ":status", "100")
                        .then(head(0, ":status", "102"))
                        .then(head(0, ":status", "199", "x", "y"))
                        .then(head(0, ":status", "200"))
                        .then(data(END_STREAM, "ok")));
        try (var client = endpoints.connect()) {
            // RFC 9110 §15.2: they are passed on, but for a 100 that nobody waits for.
            assertThat(AnsweringEndpoints.ask(client, "GET", "http2.test", "/bad", "")
                            .status())
                    .isEqualTo(102);
            assertThat(Answer.read(client.getInputStream(), "GET").status()).isEqualTo(199);
            assertThat(Answer.read(client.getInputStream(), "GET").body()).isEqualTo("ok");
        }
    }

    @Test
    void a_response_without_a_body_has_none_whatever_follows_it() throws Exception {
        for (var status : new String[] {"200", "204", "304"}) {
            endpoints
                    .http2()
                    .answers(head(0, ":status", status)
                            .then(data(END_STREAM, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")));
            var method = status.equals("200") ? "HEAD" : "GET";
            try (var client = endpoints.connect()) {
                assertThat(AnsweringEndpoints.ask(client, method, "http2.test", "/bad", "")
                                .status())
                        .isEqualTo(Integer.parseInt(status));
                endpoints.http2().answers(head(END_STREAM, ":status", "204"));
                assertThat(AnsweringEndpoints.ask(client, "GET", "http2.test", "/bad", "")
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    @Test
    void trailers_of_http_2_reach_those_who_take_them_and_only_such_as_may_come_late() throws Exception {
        var trailers = head(
                END_STREAM,
                "x-sum",
                "7",
                "content-length",
                "5",
                "set-cookie",
                "a=b",
                "host",
                "x",
                "x-real-ip",
                "6.6.6.6");
        endpoints.http2().answers(head(0, ":status", "200").then(data(0, "ok")).then(trailers));
        try (var client = endpoints.connect()) {
            assertThat(AnsweringEndpoints.ask(client, "GET", "http2.test", "/bad", "")
                            .trailers())
                    .isEmpty();
            assertThat(AnsweringEndpoints.ask(client, "GET", "http2.test", "/bad", "TE: trailers\r\n")
                            .trailers())
                    .isEqualTo("x-sum: 7\r\n");
        }
        try (var client = endpoints.connectByHttp2()) {
            assertThat(client.ask("GET", "http", "http2.test", "/bad").trailers())
                    .isEmpty();
            assertThat(client.ask("GET", "http", "http2.test", "/bad", "te", "trailers")
                            .trailers())
                    .containsExactly(new Http2Frames.Field("x-sum", "7"));
        }
    }

    private static String[] many(int fields) {
        return Stream.concat(
                        Stream.of(":status", "200"), Stream.generate(() -> "x").limit(2L * fields))
                .toArray(String[]::new);
    }
}
