package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several requests on one connection, and what becomes of connections. */
class ConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() throws Exception {
        try (var origin = new RawOrigin((head, socket) -> {
            var path = head.split(" ", 3)[1];
            socket.getOutputStream().write(answer(path));
        })) {
            proxy.route(origin.port());
            var requests = "GET /1 HTTP/1.1\r\nHost: a.test\r\n\r\n"
                    + "POST /2 HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET /3 HTTP/1.1\r\nHost: %\r\n\r\n";
            var response = RawClient.exchange(proxy.http(), requests);
            assertThat(response.split("HTTP/1\\.1 "))
                    .satisfiesExactly(
                            first -> assertThat(first).isEmpty(),
                            one -> assertThat(one).startsWith("200 ").endsWith("\r\n\r\n/1"),
                            two -> assertThat(two).startsWith("200 ").endsWith("\r\n\r\n/2"),
                            three -> assertThat(three).startsWith("400 "));
        }
    }

    @Test
    void an_early_answer_does_not_stop_the_rest_of_the_body_from_being_read() throws Exception {
        proxy.route(RunningProxy.freePort()); // nobody listens there
        try (var client = new RawClient(proxy.http())) {
            var length = 5_000_000;
            client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + length + "\r\n\r\n");
            client.send("x".repeat(length));
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
            client.read("502 Bad Gateway: the endpoint refused the connection\n".length());
            client.send(GET);
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void pipelined_requests_that_take_different_engines_are_all_answered() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var trace = "TRACE / HTTP/1.1\r\nHost: a.test\r\n\r\n";
            try (var client = new RawClient(proxy.http())) {
                client.send(GET + trace + GET + trace + GET);
                for (var status : new String[] {"200", "405", "200", "405", "200"}) {
                    var head = client.readHead();
                    assertThat(head).startsWith("HTTP/1.1 " + status);
                    var length = Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE)
                            .matcher(head);
                    assertThat(length.find()).isTrue();
                    client.read(Integer.parseInt(length.group(1)));
                }
            }
        }
    }

    @Test
    void what_follows_an_answer_that_ends_the_connection_is_no_request() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var upgrade = "GET / HTTP/1.1\r\nHost: a b\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
            assertThat(RawClient.exchange(proxy.http(), upgrade + GET))
                    .startsWith("HTTP/1.1 400 ")
                    .containsOnlyOnce("HTTP/1.1 ");
            assertThat(origin.heads()).isEmpty();
        }
    }

    @Test
    void bytes_behind_a_response_are_never_taken_for_the_next_one() throws Exception {
        try (var origin = new RawOrigin((head, socket) -> {
            var surplus = head.startsWith("HEAD") ? "HTTP/1.1 200 OK\r\nX-Evil: 1" : "";
            socket.getOutputStream().write((OK + surplus).getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n");
                client.readHead();
                client.send(GET);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("x-evil");
            }
        }
    }

    @Test
    void a_safe_request_is_sent_again_when_the_unused_connection_it_took_had_died() throws Exception {
        try (var origin = answeringOnceForEachConnection()) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                for (var i = 0; i < 20; i++) {
                    client.send(GET);
                    assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                    client.read(2);
                }
            }
        }
    }

    @Test
    void a_request_that_may_have_had_an_effect_is_not_sent_twice() throws Exception {
        var posts = new AtomicLong();
        try (var origin = new RawOrigin((head, socket) -> {
            socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
            // The second request of the connection is read, and the connection dropped.
            if (new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("POST")) {
                posts.incrementAndGet();
            }
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(GET);
                client.readHead();
                client.read(2);
                client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
            }
            assertThat(posts).hasValue(1);
        }
    }

    @Test
    void the_upstream_connection_ends_when_the_client_breaks_off() throws Exception {
        var ended = new CountDownLatch(1);
        try (var origin = new RawOrigin((_, socket) -> {
            try {
                socket.getInputStream().read();
            } catch (IOException _) {
                // A reset tells it as well.
            }
            ended.countDown();
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(GET);
                origin.head();
            }
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_head_that_is_too_large_has_a_status_of_its_own() throws Exception {
        assertThat(RawClient.exchange(proxy.http(), "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a.test\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(RawClient.exchange(
                        proxy.http(), "GET / HTTP/1.1\r\nHost: a.test\r\nX: " + "a".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void hints_arrive_before_the_response() throws Exception {
        var answer = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + OK;
        try (var origin = RawOrigin.answering(answer)) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(GET);
                assertThat(client.readHead()).startsWith("HTTP/1.1 103 ").contains("</a.css>");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void a_connection_serves_plain_requests_before_and_after_a_refused_upgrade() throws Exception {
        try (var origin = answeringOnceForEachConnection()) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                var upgrade = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
                for (var request : new String[] {GET, upgrade, GET, upgrade, GET}) {
                    client.send(request);
                    assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                    assertThat(client.read(2)).isEqualTo("ok");
                }
            }
        }
    }

    private static RawOrigin answeringOnceForEachConnection() throws IOException {
        return RawOrigin.answering(OK);
    }

    private static byte[] answer(String body) {
        return ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
