package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.TrustedPeers;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.TrustAll;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

/** What one client may take, and that the others do not notice. */
class LimitsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(400);

    @Test
    void a_head_that_does_not_arrive_in_time_is_a_408() throws Exception {
        try (var proxy = proxy(SHORT, LONG, LONG, 100, 100);
                var client = new RawClient(proxy.http())) {
            client.send("GET / HTTP/1.1\r\nHost: a.te");
            assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void a_head_of_whole_lines_without_the_last_is_a_408_as_well() throws Exception {
        try (var proxy = proxy(SHORT, LONG, LONG, 100, 100);
                var client = new RawClient(proxy.http())) {
            client.send("GET / HTTP/1.1\r\nHost: a.test\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void an_unused_connection_is_closed_in_time_without_a_word() throws Exception {
        try (var proxy = proxy(LONG, SHORT, LONG, 100, 100);
                var client = new RawClient(proxy.http())) {
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void a_handshake_is_no_request_that_is_late() throws Exception {
        try (var proxy = proxy(Duration.ofMillis(200), Duration.ofSeconds(2), LONG, 100, 100)) {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            var address = InetAddress.getLoopbackAddress();
            try (var socket = context.getSocketFactory().createSocket(address, proxy.https())) {
                ((SSLSocket) socket).startHandshake();
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void a_connection_that_has_been_served_is_unused_again_and_not_late() throws Exception {
        try (var proxy = proxy(SHORT, LONG, LONG, 100, 100);
                var client = new RawClient(proxy.http())) {
            // Refused while it is read, which must not look like the beginning of another head.
            client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            var head = client.readHead();
            assertThat(head).startsWith("HTTP/1.1 503 ");
            client.read("503 Service Unavailable: the routes have not been read yet\n".length());
            await().pollDelay(SHORT.multipliedBy(3)).until(() -> true);
            client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void a_body_that_crawls_is_a_408_and_ends_the_upstream_connection() throws Exception {
        var ended = new AtomicBoolean();
        try (var proxy = proxy(LONG, LONG, SHORT, 100, 100);
                var origin = new RawOrigin((_, socket) -> {
                    RawOrigin.awaitReset(socket);
                    ended.set(true);
                })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000\r\n\r\nx");
                assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
            }
            await().untilTrue(ended);
        }
    }

    @Test
    void a_client_that_does_not_read_for_too_long_is_cut_off() throws Exception {
        var ended = new AtomicBoolean();
        try (var proxy = proxy(LONG, LONG, SHORT, 100, 100);
                var origin = new RawOrigin((_, socket) -> {
                    try {
                        var out = socket.getOutputStream();
                        out.write("HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                        for (var block = new byte[65_536]; ; ) {
                            out.write(block);
                        }
                    } catch (IOException e) {
                        ended.set(true);
                    }
                })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(GET);
                await().untilTrue(ended);
            }
        }
    }

    @Test
    void a_response_may_take_its_time_while_the_client_waits() throws Exception {
        try (var proxy = proxy(SHORT, SHORT, SHORT, 100, 100);
                var origin = new RawOrigin((_, socket) -> {
                    // Longer than each of the limits, for it is not the client's turn.
                    await().pollDelay(SHORT.multipliedBy(3)).until(() -> true);
                    socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
                })) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), GET)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void too_many_fields_are_a_431() throws Exception {
        try (var proxy = proxy(LONG, LONG, LONG, 10, 100)) {
            var fields = "X: 1\r\n".repeat(10);
            assertThat(RawClient.exchange(proxy.http(), "GET / HTTP/1.1\r\nHost: a.test\r\n" + fields + "\r\n"))
                    .startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void connections_beyond_the_limit_are_closed_at_once_and_those_within_it_serve_on() throws Exception {
        var processors = Runtime.getRuntime().availableProcessors();
        try (var proxy = proxy(LONG, LONG, LONG, 100, 3 * processors);
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var clients = new ArrayList<RawClient>();
            try {
                for (var i = 0; i < 3; i++) {
                    clients.add(served(proxy));
                }
                try (var refused = new RawClient(proxy.http())) {
                    assertThat(refused.readAll()).isEmpty();
                }
                clients.removeLast().close();
                await().ignoreExceptions().until(() -> {
                    clients.add(served(proxy));
                    return true;
                });
            } finally {
                for (var client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void a_connection_counts_before_it_has_said_anything() throws Exception {
        var processors = Runtime.getRuntime().availableProcessors();
        try (var proxy = proxy(LONG, LONG, LONG, 100, 2 * processors);
                var origin = RawOrigin.answering(OK);
                var one = new RawClient(proxy.https());
                var other = new RawClient(proxy.https())) {
            proxy.route(origin.port());
            await().until(() -> exchange(proxy, GET).isEmpty()); // both have been accepted
            var before = origin.heads();
            assertThat(exchange(proxy, GET)).isEmpty();
            assertThat(origin.heads()).isEqualTo(before);
            one.close();
            await().until(() -> exchange(proxy, GET).startsWith("HTTP/1.1 200 "));
            other.close();
        }
    }

    @Test
    void a_connection_of_http_2_that_does_not_go_on_is_closed_in_time() throws Exception {
        var limits = new Limits(16_384, 32_768, 100, SHORT, SHORT, LONG, 100);
        try (var proxy = new RunningProxy(new ClientPolicy(limits, TrustedPeers.NONE, false, true));
                var client = new RawClient(proxy.http())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            client.readAll();
        }
    }

    @Test
    void a_trusted_proxy_is_believed_and_becomes_the_last_hop() throws Exception {
        var policy =
                new ClientPolicy(Limits.DEFAULT, TrustedPeers.parse(java.util.List.of("127.0.0.0/8")), false, false);
        try (var proxy = new RunningProxy(policy);
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            RawClient.exchange(
                    proxy.http(),
                    "GET / HTTP/1.1\r\nHost: a.test\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"
                            + "X-Forwarded-Port: 443\r\nX-Real-IP: 192.0.2.7\r\nX_Forwarded_Host: evil\r\n"
                            + "Connection: close\r\n\r\n");
            assertThat(origin.head())
                    .contains("x-forwarded-for: 192.0.2.7, 127.0.0.1\r\n")
                    .contains("x-forwarded-proto: https\r\n")
                    .contains("x-forwarded-port: 443\r\n")
                    .contains("x-real-ip: 192.0.2.7\r\n")
                    .contains("x-forwarded-host: a.test\r\n")
                    .doesNotContain("evil");
        }
    }

    @Test
    void a_proxy_header_names_the_client_where_its_sender_is_trusted() throws Exception {
        for (var network : java.util.List.of("127.0.0.1", "10.0.0.0/8")) {
            var policy = new ClientPolicy(Limits.DEFAULT, TrustedPeers.parse(java.util.List.of(network)), true, false);
            try (var proxy = new RunningProxy(policy);
                    var origin = RawOrigin.answering(OK)) {
                proxy.route(origin.port());
                var response = exchange(proxy, "PROXY TCP4 192.0.2.9 198.51.100.1 4711 80\r\n" + GET);
                if (network.equals("127.0.0.1")) {
                    assertThat(response).startsWith("HTTP/1.1 200 ");
                    assertThat(origin.head()).contains("x-forwarded-for: 192.0.2.9\r\n");
                } else {
                    assertThat(response).isEmpty();
                    assertThat(origin.heads()).isEmpty();
                }
            }
        }
    }

    @Test
    void each_hop_is_noted_and_a_circle_is_a_508() throws Exception {
        try (var proxy = new RunningProxy();
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            RawClient.exchange(proxy.http(), GET.replace("\r\n\r\n", "\r\nVia: 1.0 fred\r\n\r\n"));
            assertThat(origin.head()).contains("Via: 1.0 fred\r\n").contains("via: 1.1 adit\r\n");
            var circle = "\r\nVia: 1.1 adit" + ", 1.1 adit".repeat(9) + "\r\n\r\n";
            assertThat(RawClient.exchange(proxy.http(), GET.replace("\r\n\r\n", circle)))
                    .startsWith("HTTP/1.1 508 ");
        }
    }

    private static RawClient served(RunningProxy proxy) throws IOException {
        var client = new RawClient(proxy.http());
        client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
        client.read(2);
        return client;
    }

    /** As {@link RawClient#exchange}, for a connection that may be reset. */
    private static String exchange(RunningProxy proxy, String request) {
        try {
            return RawClient.exchange(proxy.http(), request);
        } catch (IOException _) {
            return "";
        }
    }

    private static RunningProxy proxy(Duration head, Duration idle, Duration stall, int fields, int connections) {
        var limits = new Limits(16_384, 32_768, fields, head, idle, stall, connections);
        return new RunningProxy(new ClientPolicy(limits, TrustedPeers.NONE, false, false));
    }
}
