package dev.adit.downstream.listener;

import static dev.adit.testbed.Http2Client.answer;
import static dev.adit.testbed.Http2Client.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.TrustedPeers;
import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of HTTP/2, whose requests go to endpoints of HTTP/1. */
class Http2Test {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private final Http2Client client = new Http2Client();
    private RunningProxy proxy = new RunningProxy(new ClientPolicy(Limits.DEFAULT, TrustedPeers.NONE, false, true));

    @AfterEach
    void close() throws Exception {
        proxy.close();
        client.close();
    }

    @Test
    void a_request_without_a_body_reaches_the_endpoint_as_one_without_a_body() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var request = client.request(proxy.https(), HttpMethod.GET, "/a?b");
            request.putHeader("x-one", "1").headers().add("cookie", "a=1").add("cookie", "b=2");
            assertThat(answer(request).body()).isEqualTo("ok");
            assertThat(origin.head())
                    .startsWith("GET /a?b HTTP/1.1\r\nhost: web.test\r\n")
                    .contains("\r\nx-one: 1\r\n", "\r\ncookie: a=1; b=2\r\n", "\r\nvia: 2 adit\r\n")
                    .doesNotContain("transfer-encoding", "content-length", "scheme");
        }
    }

    @Test
    void a_body_of_unknown_length_is_sent_in_chunks_and_its_trailers_behind_it() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            var seen = new StringBuilder();
            while (seen.indexOf("0\r\n\r\n") < 0) {
                seen.append((char) socket.getInputStream().read());
            }
            var text =
                    "5\r\n" + (seen.toString().contains("hello") ? "right" : "wrong") + "\r\n0\r\nX-End: yes\r\n\r\n";
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + text).getBytes(US_ASCII));
        })) {
            proxy.route(origin.port());
            var request = client.request(proxy.https(), HttpMethod.POST, "/")
                    .putHeader("te", "trailers")
                    .setChunked(true);
            var answer = answer(request, "hello");
            assertThat(answer.body()).isEqualTo("right");
            var response = answer.response();
            assertThat(response.trailers().get("x-end")).isEqualTo("yes");
            assertThat(response.headers().contains("transfer-encoding")).isFalse();
        }
    }

    @Test
    void what_cannot_be_served_is_answered_on_its_stream_alone() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            var one = client.open();
            var early = answer(client.request(one, proxy.https(), HttpMethod.GET, "/"));
            assertThat(early.response().statusCode()).isEqualTo(503);
            assertThat(early.body()).contains("the routes have not been read yet");
            proxy.route(origin.port());
            assertThat(await(client.request(one, proxy.https(), HttpMethod.TRACE, "/")
                                    .send())
                            .statusCode())
                    .isEqualTo(405);
            assertThat(await(client.request(one, proxy.https(), HttpMethod.GET, "/%zz")
                                    .send())
                            .statusCode())
                    .isEqualTo(400);
            assertThat(await(client.request(one, proxy.https(), HttpMethod.HEAD, "/")
                                    .send())
                            .getHeader("content-length"))
                    .isEqualTo("2");
            assertThat(answer(client.request(one, proxy.https(), HttpMethod.GET, "/"))
                            .body())
                    .isEqualTo("ok");
        }
    }

    @Test
    void a_response_that_breaks_off_resets_its_stream() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")) {
            proxy.route(origin.port());
            var body = client.request(proxy.https(), HttpMethod.GET, "/").send().compose(HttpClientResponse::body);
            assertThat(body.toCompletionStage().toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("reset");
        }
    }

    @Test
    void a_client_that_resets_its_stream_ends_the_request_at_the_endpoint() throws Exception {
        var ended = new CountDownLatch(1);
        try (var origin = new RawOrigin((_, socket) -> {
            RawOrigin.awaitReset(socket);
            ended.countDown();
        })) {
            proxy.route(origin.port());
            var request = client.request(proxy.https(), HttpMethod.GET, "/");
            request.response().onFailure(_ -> {});
            await(request.end());
            origin.head();
            request.reset();
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void without_tls_http_2_is_served_by_prior_knowledge_and_never_by_an_upgrade() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var clearText = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false);
            var request = await(client.open(clearText).request(HttpMethod.GET, proxy.http(), "127.0.0.1", "/"));
            var answer = answer(request);
            assertThat(answer.response().version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(answer.body()).isEqualTo("ok");
            var upgrade = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
            assertThat(RawClient.exchange(proxy.http(), upgrade))
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("ok");
            assertThat(RawClient.exchange(proxy.http(), "PRI / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void without_being_asked_for_http_2_is_not_served_without_tls() throws Exception {
        proxy.close();
        proxy = new RunningProxy();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.http())) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 505 ");
        }
    }
}
