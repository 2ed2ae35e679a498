package dev.adit.downstream.listener;

import static dev.adit.downstream.listener.EndOfRequestTest.bytes;
import static dev.adit.downstream.listener.EndOfRequestTest.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.downstream.listener.Ends.Bytes;
import dev.adit.downstream.listener.Ends.Outcome;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.Refusal;
import dev.adit.http.TrustedPeers;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RunningProxy;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads that cannot be read are requests, too. */
class EndOfMalformedRequestTest {
    private final Ends ends = new Ends();
    private RunningProxy proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, EndOfRequestTest.H2C, ends);

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    static Stream<Arguments> malformed() {
        var fields = "X: " + "x".repeat(40_000);
        return Stream.of(
                Arguments.of("NONSENSE\r\n\r\n", Refusal.BAD_SYNTAX, "", ""),
                Arguments.of("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n", Refusal.URI_TOO_LONG, "", ""),
                Arguments.of(
                        "PUT /path?q HTTP/1.1\r\n" + fields + "\r\n\r\n", Refusal.FIELDS_TOO_LARGE, "PUT", "/path"),
                Arguments.of("GET /path HTTP/1.2\r\n\r\n", Refusal.VERSION_NOT_SUPPORTED, "GET", "/path"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_head_of_http1_that_cannot_be_read_ends_with_its_answer(
            String sent, Refusal reason, String method, String path) throws Exception {
        assertThat(RawClient.exchange(proxy.http(), sent)).startsWith("HTTP/1.1 " + reason.status());
        var told = ends.only(proxy);
        assertThat(told.outcome()).isEqualTo(refused(reason));
        assertThat(told.bytes()).isEqualTo(new Bytes(0, bytes(reason)));
        assertThat(told.asked().method()).isEqualTo(method);
        assertThat(told.asked().path()).isEqualTo(path);
    }

    @Test
    void a_head_of_http1_that_does_not_arrive_in_time_ends_with_its_answer() throws Exception {
        var limits = new Limits(
                16_384, 32_768, 100, Duration.ofMillis(200), Duration.ofSeconds(60), Duration.ofSeconds(60), 100);
        proxy.close();
        proxy = new RunningProxy(
                UpstreamTimeouts.DEFAULT, new ClientPolicy(limits, TrustedPeers.NONE, false, true), ends);
        try (var client = new RawClient(proxy.http())) {
            client.send("GET / HTTP/1.1\r\nHost: a.te");
            assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
        }
        var told = ends.only(proxy);
        assertThat(told.outcome()).isEqualTo(refused(Refusal.REQUEST_TIMEOUT));
        assertThat(told.bytes()).isEqualTo(new Bytes(0, bytes(Refusal.REQUEST_TIMEOUT)));
    }

    @Test
    void a_connection_that_brings_nothing_brings_no_request() throws Exception {
        try (var client = new RawClient(proxy.http())) {
            client.send("\r\n");
        }
        assertThat(RawClient.exchange(proxy.http(), "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 503 ");
        assertThat(ends.only(proxy).outcome()).isEqualTo(refused(Refusal.NOT_READY));
    }

    @Test
    void a_malformed_head_of_http2_ends_without_an_answer() throws Exception {
        var section = new ByteArrayOutputStream();
        Version.literal(section, ":method", "GET");
        Version.literal(section, ":path", "/");
        try (var client = new RawClient(proxy.http())) {
            var sent = Version.preface();
            sent.writeBytes(
                    Version.frame(Version.HEADERS, Version.END_HEADERS | Version.END_STREAM, section)); // no scheme
            client.send(sent.toString(ISO_8859_1));
            assertThat(ends.only(proxy).outcome())
                    .isEqualTo(new Outcome(End.REFUSED, Finished.NO_STATUS, Refusal.BAD_SYNTAX));
        }
    }

    @Test
    void a_head_of_http2_that_is_too_large_ends_with_its_answer() throws Exception {
        var section = new ByteArrayOutputStream();
        section.write(0x86);
        Version.literal(section, ":method", "GET");
        Version.literal(section, ":path", "/");
        Version.literal(section, "x", "x".repeat(9_000)); // a quarter more ends the connection
        try (var client = new RawClient(proxy.http())) {
            var sent = Version.preface();
            sent.writeBytes(Version.frame(Version.HEADERS, Version.END_HEADERS | Version.END_STREAM, section));
            client.send(sent.toString(ISO_8859_1));
            var told = ends.only(proxy);
            assertThat(told.outcome()).isEqualTo(refused(Refusal.FIELDS_TOO_LARGE));
            assertThat(told.bytes()).isEqualTo(new Bytes(0, 0));
        }
    }
}
