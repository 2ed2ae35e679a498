package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long an endpoint may take; a request that runs into the limit is the clock of the others. */
class TimeoutTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";

    private final RunningProxy proxy = new RunningProxy(
            new UpstreamTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(30)));

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void an_upload_may_take_longer_than_a_response() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            var body = new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
            var answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + body;
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\n\r\nab");
                origin.head();
                afterTheTimeout();
                client.send("cd");
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
                assertThat(client.read(4)).isEqualTo("abcd");
            }
        }
    }

    @Test
    void a_tunnel_may_be_silent_for_longer_than_a_response() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            var agree = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
            socket.getOutputStream().write(agree.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(socket.getInputStream().readNBytes(2));
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
                afterTheTimeout();
                client.send("hi");
                assertThat(client.read(2)).isEqualTo("hi");
            }
        }
    }

    /** Returns when an endpoint has been silent for the time that a response may take. */
    private String afterTheTimeout() throws IOException {
        try (var silent = new RawOrigin((_, socket) -> socket.getInputStream().read())) {
            proxy.route(silent.port());
            return RawClient.exchange(proxy.http(), GET);
        }
    }
}
