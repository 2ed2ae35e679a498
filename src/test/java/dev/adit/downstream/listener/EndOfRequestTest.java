package dev.adit.downstream.listener;

import static dev.adit.downstream.listener.Version.Asked.get;
import static dev.adit.downstream.listener.Version.Asked.post;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.downstream.listener.Ends.Bytes;
import dev.adit.downstream.listener.Ends.Outcome;
import dev.adit.downstream.listener.Version.Asked;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.Refusal;
import dev.adit.http.TrustedPeers;
import dev.adit.http.codec.Answer;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every request ends once, and whoever counts or logs is told how. */
class EndOfRequestTest {
    static final ClientPolicy H2C = new ClientPolicy(Limits.DEFAULT, TrustedPeers.NONE, false, true);
    static final RouteOrigin ORIGIN = new RouteOrigin("ns", "web", "spec");
    private static final UpstreamTimeouts HASTY =
            new UpstreamTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(30));

    private final Ends ends = new Ends();
    private RunningProxy proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, H2C, ends);

    @AfterEach
    void close() throws Exception {
        await().until(() -> proxy.activeRequests() == 0); // whichever way they went
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_response_that_is_passed_on_whole_is_complete(Version version) throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            assertThat(socket.getInputStream().readNBytes(5)).hasSize(5);
            write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\nworld!");
        })) {
            proxy.route(origin.port());
            var told = askedOnce(version, post("/a/../path?query", "hello").to("A.test:80"));
            assertThat(told.outcome()).isEqualTo(new Outcome(End.COMPLETE, 201, null));
            assertThat(told.bytes()).isEqualTo(new Bytes(5, 6));
            assertThat(told.asked())
                    .isEqualTo(new Ends.Asked(
                            "127.0.0.1", false, "POST", "A.test:80", "a.test", "/path", nameOf(version)));
            assertThat(told.origin()).isEqualTo(ORIGIN);
            assertThat(told.endpoint()).isEqualTo(new Endpoint("127.0.0.1", origin.port()));
            assertThat(told.attempts()).isOne();
            assertThat(told.nanosToHead()).isBetween(1L, told.nanos());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_response_to_head_has_no_bytes(Version version) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n")) {
            proxy.route(origin.port());
            var told = askedOnce(version, get("/").by("HEAD"));
            assertThat(told.outcome()).isEqualTo(new Outcome(End.COMPLETE, 200, null));
            assertThat(told.bytes()).isEqualTo(new Bytes(0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_that_cannot_be_reached_is_the_reason(Version version) throws Exception {
        var nobody = RunningProxy.freePort();
        proxy.route(nobody);
        var told = askedOnce(version, get("/"));
        assertThat(told.outcome()).isEqualTo(refused(Refusal.UPSTREAM_CONNECT_FAILED));
        assertThat(told.endpoint()).isEqualTo(new Endpoint("127.0.0.1", nobody));
    }

    @ParameterizedTest
    @EnumSource
    void a_second_endpoint_is_a_second_attempt(Version version) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            var nobody = RunningProxy.freePort();
            proxy.route(nobody, nobody, origin.port());
            var told = askedOnce(version, get("/"));
            assertThat(told.outcome()).isEqualTo(new Outcome(End.COMPLETE, 204, null));
            assertThat(told.endpoint()).isEqualTo(new Endpoint("127.0.0.1", origin.port()));
            assertThat(told.attempts()).isBetween(1, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_that_leaves_without_an_answer_is_the_reason(Version version) throws Exception {
        try (var origin = RawOrigin.answering("")) {
            proxy.route(origin.port());
            var told = askedOnce(version, get("/"));
            assertThat(told.outcome()).isEqualTo(refused(Refusal.UPSTREAM_FAILED));
            assertThat(told.bytes()).isEqualTo(new Bytes(0, bytes(Refusal.UPSTREAM_FAILED)));
            assertThat(told.hasHead()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_that_does_not_answer_is_the_reason(Version version) throws Exception {
        proxy.close();
        proxy = new RunningProxy(HASTY, H2C, ends);
        try (var origin = new RawOrigin((_, socket) -> RawOrigin.awaitReset(socket))) {
            proxy.route(origin.port());
            assertThat(askedOnce(version, get("/")).outcome()).isEqualTo(refused(Refusal.UPSTREAM_TIMEOUT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_endpoint_that_breaks_its_response_off_leaves_it_incomplete(Version version) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal")) {
            proxy.route(origin.port());
            var told = askedOnce(version, get("/"));
            assertThat(told.outcome()).isEqualTo(new Outcome(End.UPSTREAM_BROKE, 200, Refusal.UPSTREAM_FAILED));
            assertThat(told.bytes()).isEqualTo(new Bytes(0, 3));
            assertThat(told.hasHead()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_leaves_without_an_answer_gets_no_status(Version version) throws Exception {
        try (var origin = new RawOrigin((_, socket) -> RawOrigin.awaitReset(socket))) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                version.send(client, post("/", "hello").unfinished());
                assertThat(origin.head()).startsWith("POST / ");
            }
            var told = ends.only(proxy);
            assertThat(told.outcome()).isEqualTo(new Outcome(End.CLIENT_GONE, Finished.NO_STATUS, null));
            assertThat(told.bytes()).isEqualTo(new Bytes(5, 0));
            assertThat(told.endpoint()).isEqualTo(new Endpoint("127.0.0.1", origin.port()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_leaves_in_its_response_has_got_a_status(Version version) throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal");
            RawOrigin.awaitReset(socket);
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                version.send(client, get("/"));
                assertThat(client.readUntil("hal")).endsWith("hal");
            }
            var told = ends.only(proxy);
            assertThat(told.outcome()).isEqualTo(new Outcome(End.CLIENT_GONE, 200, null));
            assertThat(told.bytes()).isEqualTo(new Bytes(0, 3));
            assertThat(told.hasHead()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_body_that_stands_still_is_the_reason(Version version) throws Exception {
        var second = Duration.ofSeconds(1);
        var limits = new Limits(16_384, 32_768, 100, second, second, second, 100);
        proxy.close();
        proxy = new RunningProxy(
                UpstreamTimeouts.DEFAULT, new ClientPolicy(limits, TrustedPeers.NONE, false, true), ends);
        try (var origin = new RawOrigin((_, socket) -> RawOrigin.awaitReset(socket))) {
            proxy.route(origin.port());
            var told = askedOnce(version, post("/", "hello").unfinished());
            assertThat(told.outcome()).isEqualTo(refused(Refusal.REQUEST_TIMEOUT));
            assertThat(told.bytes()).isEqualTo(new Bytes(5, bytes(Refusal.REQUEST_TIMEOUT)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_mirrored_copy_is_not_a_request_of_its_own(Version version) throws Exception {
        var copied = new CountDownLatch(2);
        try (var origin = new RawOrigin((_, socket) -> {
            write(socket, "HTTP/1.1 204 No Content\r\n\r\n");
            copied.countDown();
        })) {
            var policy = new Mirror(new UpstreamId("ns", "web", "", 80), UpstreamPolicy.DEFAULT);
            proxy.route(List.of(policy), origin.port());
            try (var client = new RawClient(proxy.http())) {
                version.send(client, get("/"));
                assertThat(copied.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(ends.only(proxy).outcome()).isEqualTo(new Outcome(End.COMPLETE, 204, null));
            }
        }
    }

    private Ends.Told askedOnce(Version version, Asked asked) throws Exception {
        return ends.ofOne(version, asked, proxy);
    }

    static Outcome refused(Refusal reason) {
        return new Outcome(End.REFUSED, reason.status(), reason);
    }

    static int bytes(Refusal reason) {
        return Answer.of(reason).text().length();
    }

    static String nameOf(Version version) {
        return version == Version.HTTP1 ? "HTTP/1.1" : "HTTP/2.0";
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
