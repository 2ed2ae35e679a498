package dev.adit.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSocket by HTTP/1.1, which passes as bytes once the endpoint has agreed. */
class TunnelTest {
    private static final String UPGRADE = "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n";
    private static final String AGREED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: yes\r\n\r\n";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP1", "HTTP1_TLS"})
    void bytes_pass_in_both_directions_until_either_side_closes(EndpointVersion version) throws Exception {
        try (var origin = new RawOrigin(version, (_, socket) -> {
            socket.getOutputStream().write(AGREED.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write("first".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(socket.getInputStream().readNBytes(1_000_000));
        })) {
            proxy.route(version.protocol(), origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(UPGRADE);
                assertThat(client.readHead())
                        .startsWith("HTTP/1.1 101 ")
                        .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                        .containsIgnoringCase("\r\nsec-websocket-accept: yes\r\n");
                assertThat(origin.head())
                        .startsWith("GET /chat HTTP/1.1\r\n")
                        .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                        .containsIgnoringCase("\r\nsec-websocket-key: x\r\n")
                        .containsIgnoringCase("\r\nx-forwarded-for: 127.0.0.1\r\n");
                assertThat(client.read(5)).isEqualTo("first");
                var bytes = "0123456789".repeat(100_000);
                client.send(bytes); // which the endpoint reads to the end before it writes
                assertThat(client.read(1_000_000)).isEqualTo(bytes);
                assertThat(client.readAll()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP1", "HTTP1_TLS"})
    void an_endpoint_that_does_not_agree_answers_like_any_other(EndpointVersion version) throws Exception {
        var refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnope";
        try (var origin = new RawOrigin(
                version, (_, socket) -> socket.getOutputStream().write(refusal.getBytes(StandardCharsets.US_ASCII)))) {
            proxy.route(version.protocol(), origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(UPGRADE);
                assertThat(client.readHead()).startsWith("HTTP/1.1 403 ");
                assertThat(client.read(4)).isEqualTo("nope");
            }
        }
    }
}
