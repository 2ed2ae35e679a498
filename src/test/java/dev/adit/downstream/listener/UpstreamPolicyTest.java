package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.TrustedPeers;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a route says about how its endpoints are spoken to. */
class UpstreamPolicyTest {
    // The origin closes after each: said aloud, so that nothing is tried elsewhere since it had.
    private static final String A = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\na";
    private static final String B = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nb";

    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void one_value_of_a_field_stays_with_one_endpoint() throws Exception {
        try (var a = RawOrigin.answering(A);
                var b = RawOrigin.answering(B)) {
            proxy.route(
                    UpstreamPolicy.DEFAULT.with(new Balancing.Hash(new Balancing.Key.Field("X-User"))),
                    a.port(),
                    b.port());
            var all = new HashSet<String>();
            for (var user = 0; user < 20; user++) {
                var answers = new HashSet<String>();
                for (var i = 0; i < 5; i++) {
                    answers.add(get("X-User: " + user + "\r\n"));
                }
                assertThat(answers).hasSize(1);
                all.addAll(answers);
            }
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void the_address_that_a_trusted_proxy_has_added_chooses_and_not_what_its_client_claimed() throws Exception {
        var policy = new ClientPolicy(Limits.DEFAULT, TrustedPeers.parse(List.of("127.0.0.0/8")), false, false);
        var byAddress = UpstreamPolicy.DEFAULT.with(new Balancing.Hash(new Balancing.Key.ClientAddress()));
        try (var behind = new RunningProxy(policy);
                var a = RawOrigin.answering(A);
                var b = RawOrigin.answering(B)) {
            behind.route(byAddress, a.port(), b.port());
            var answers = new HashSet<String>();
            for (var i = 0; i < 20; i++) {
                var claimed = "X-Forwarded-For: 192.0.2." + i + "\r\n";
                answers.add(get(behind, claimed + "X-Forwarded-For: 192.0.2.99, 198.51.100.7\r\n"));
                answers.add(get(behind, claimed.replace("\r\n", ", 198.51.100.7\r\n")));
            }
            assertThat(answers).hasSize(1);
        }
    }

    @Test
    void an_endpoint_that_is_busy_gets_no_more_than_one_that_is_not() throws Exception {
        var end = new CountDownLatch(1);
        try (var busy = new RawOrigin((_, socket) -> {
                    await().until(() -> end.getCount() == 0);
                    socket.getOutputStream().write(A.getBytes(US_ASCII));
                });
                var free = RawOrigin.answering(B)) {
            proxy.route(UpstreamPolicy.DEFAULT.with(new Balancing.LeastRequest()), busy.port(), free.port());
            try (var waiting = new Socket(InetAddress.getLoopbackAddress(), proxy.http())) {
                while (busy.heads().isEmpty()) {
                    waiting.getOutputStream().write("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(US_ASCII));
                    await().until(() ->
                            !busy.heads().isEmpty() || waiting.getInputStream().available() > 0);
                    waiting.getInputStream().skipNBytes(waiting.getInputStream().available());
                }
                for (var i = 0; i < 20; i++) {
                    assertThat(get("")).isEqualTo("b");
                }
                assertThat(busy.heads()).hasSize(1);
                end.countDown();
            }
        }
    }

    @Test
    void a_route_waits_for_the_response_as_long_as_it_says() throws Exception {
        var end = new CountDownLatch(1);
        try (var silent = new RawOrigin((_, _) -> await().until(() -> end.getCount() == 0))) {
            proxy.route(waiting(300), silent.port());
            assertThat(RawClient.exchange(proxy.http(), GET)).startsWith("HTTP/1.1 504 ");
            end.countDown();
        }
    }

    @Test
    void that_time_begins_with_the_end_of_the_body_and_is_kept_to_the_point() throws Exception {
        var end = new CountDownLatch(1);
        try (var patient = new RunningProxy();
                var silent = new RawOrigin((_, _) -> await().until(() -> end.getCount() == 0))) {
            patient.route(waiting(3_000), silent.port());
            proxy.route(waiting(20), silent.port());
            try (var three = new Socket(InetAddress.getLoopbackAddress(), patient.http())) {
                three.getOutputStream().write("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(US_ASCII));
                silent.head();
                for (var i = 0; i < 5; i++) {
                    assertThat(postInTwoParts(silent)).startsWith("HTTP/1.1 504 ");
                }
                assertThat(three.getInputStream().available()).isZero();
            }
            end.countDown();
        }
    }

    private String postInTwoParts(RawOrigin origin) throws Exception {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), proxy.http())) {
            var head = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(head.getBytes(US_ASCII));
            origin.head();
            // The time has passed once since the connection was there, as another request shows.
            assertThat(RawClient.exchange(proxy.http(), GET)).startsWith("HTTP/1.1 504 ");
            origin.head();
            client.getOutputStream().write('x');
            return new String(client.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static UpstreamPolicy waiting(int millis) {
        return UpstreamPolicy.DEFAULT.within(Optional.empty(), Optional.of(Duration.ofMillis(millis)));
    }

    private String get(String fields) throws Exception {
        return get(proxy, fields);
    }

    private static String get(RunningProxy proxy, String fields) throws Exception {
        var request = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n" + fields + "\r\n";
        var response = RawClient.exchange(proxy.http(), request);
        return response.substring(response.length() - 1);
    }
}
