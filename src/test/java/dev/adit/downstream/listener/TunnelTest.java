package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that change their protocol. */
class TunnelTest {
    private static final String UPGRADE =
            "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String FIRST = "GET /first HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void an_endpoint_that_agrees_after_the_client_has_left_is_left_too() throws Exception {
        var asked = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        var agree = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
        try (var origin = new RawOrigin((_, socket) -> {
            asked.countDown();
            await(gone);
            try {
                socket.getOutputStream().write(agree.getBytes(StandardCharsets.US_ASCII));
                while (socket.getInputStream().read() >= 0) {
                    // to its end
                }
            } finally {
                left.countDown();
            }
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(UPGRADE);
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            }
            gone.countDown();
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_an_endpoint_sends_right_behind_its_agreement_reaches_the_client() throws Exception {
        var agree = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n\r\n";
        try (var origin = RawOrigin.answering(agree + "hello")) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(UPGRADE);
                assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
                assertThat(client.readAll()).isEqualTo("hello");
            }
        }
    }

    @Test
    void what_comes_behind_an_upgrade_that_was_pipelined_itself_is_refused() throws Exception {
        var answered = new CountDownLatch(1);
        try (var origin = new RawOrigin((head, socket) -> {
            if (head.startsWith("GET /first ")) {
                socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
            } else {
                await(answered);
            }
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(FIRST + UPGRADE + FIRST);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                assertThat(client.readAll())
                        .startsWith("HTTP/1.1 400 ")
                        .contains("bytes came behind an upgrade before it was answered");
            } finally {
                answered.countDown();
            }
        }
    }

    @Test
    void a_request_may_follow_an_upgrade_that_was_refused_at_once() throws Exception {
        proxy.route();
        try (var client = new RawClient(proxy.http())) {
            client.send(UPGRADE + FIRST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            assertThat(client.readAll().split("HTTP/1.1 503 ", -1)).hasSize(3);
        }
    }

    private static void await(CountDownLatch event) {
        try {
            var _ = event.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
