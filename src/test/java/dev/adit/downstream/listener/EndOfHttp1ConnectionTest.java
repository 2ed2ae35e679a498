package dev.adit.downstream.listener;

import static dev.adit.downstream.listener.EndOfRequestTest.refused;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.downstream.listener.Ends.Bytes;
import dev.adit.downstream.listener.Ends.Outcome;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.ClientPolicy;
import dev.adit.http.Refusal;
import dev.adit.observe.End;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How requests end that share a connection of HTTP/1, or turn it into a tunnel. */
class EndOfHttp1ConnectionTest {
    private static final String UPGRADE =
            "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String AGREE =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final Ends ends = new Ends();
    private final RunningProxy proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, ends);

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void an_upgrade_ends_with_its_tunnel() throws Exception {
        var leave = new CountDownLatch(1);
        try (var origin = new RawOrigin((_, socket) -> {
            socket.getOutputStream().write((AGREE + "hi").getBytes(US_ASCII));
            var bytes = socket.getInputStream().readNBytes(5);
            socket.getOutputStream().write(bytes);
            await(leave);
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(UPGRADE);
                assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
                client.send("hello");
                assertThat(client.read(7)).isEqualTo("hihello");
                assertThat(ends.count()).as("ends while the tunnel is open").isZero();
                leave.countDown();
                assertThat(client.readAll()).isEmpty();
            }
            var told = ends.only(proxy);
            assertThat(told.outcome()).isEqualTo(new Outcome(End.UPGRADED, 101, null));
            assertThat(told.bytes()).isEqualTo(new Bytes(5, 7));
            assertThat(told.asked().path()).isEqualTo("/chat");
            assertThat(told.hasHead()).isTrue();
        }
    }

    @Test
    void a_tunnel_that_its_client_leaves_has_ended() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            socket.getOutputStream().write(AGREE.getBytes(US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).hasSize(5);
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(UPGRADE);
                assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
                client.send("hello");
            }
            var told = ends.next();
            assertThat(told.outcome()).isEqualTo(new Outcome(End.UPGRADED, 101, null));
            assertThat(told.bytes()).isEqualTo(new Bytes(5, 0));
        }
    }

    @Test
    void bytes_behind_an_upgrade_are_the_reason_for_its_end() throws Exception {
        var answered = new CountDownLatch(1);
        try (var origin = new RawOrigin((_, _) -> await(answered));
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            client.send(UPGRADE + GET);
            assertThat(ends.only(proxy).outcome()).isEqualTo(refused(Refusal.UPGRADE_OVERRUN));
            answered.countDown();
        }
    }

    @Test
    void requests_that_are_sent_ahead_end_one_by_one() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            client.send(GET + GET + "BROKEN\r\n\r\n");
            for (var i = 0; i < 2; i++) {
                assertThat(ends.next().outcome()).isEqualTo(new Outcome(End.COMPLETE, 200, null));
            }
            assertThat(ends.only(proxy).outcome()).isEqualTo(refused(Refusal.BAD_SYNTAX));
        }
    }

    @Test
    void what_follows_the_last_request_of_a_connection_is_no_request() throws Exception {
        proxy.route();
        var last = GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        assertThat(RawClient.exchange(proxy.http(), last + GET)).startsWith("HTTP/1.1 503 ");
        assertThat(ends.only(proxy).outcome()).isEqualTo(refused(Refusal.NO_ENDPOINT));
    }

    @Test
    void a_response_that_an_invalid_body_breaks_off_is_not_its_endpoints_fault() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal".getBytes(US_ASCII));
                    RawOrigin.awaitReset(socket);
                });
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            client.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
            assertThat(client.read(3)).isEqualTo("hal");
            client.send("nonsense\r\n");
            var told = ends.only(proxy);
            assertThat(told.outcome()).isEqualTo(new Outcome(End.BROKEN_OFF, 200, Refusal.BAD_FRAMING));
            assertThat(told.bytes()).isEqualTo(new Bytes(2, 3));
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
