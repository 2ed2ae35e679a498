package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.downstream.listener.Version.Asked;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.observe.TrafficMeters;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code /q/metrics} says of requests. */
class TrafficMetersTest {
    private final TrafficMeters meters = new TrafficMeters();
    private final RunningProxy proxy =
            new RunningProxy(UpstreamTimeouts.DEFAULT, EndOfRequestTest.H2C, meters.register());

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_response_is_counted_by_its_class_when_the_client_has_it(Version version) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            proxy.route(origin.port());
            readUntil(version, "ok");
            assertThat(responses()).containsExactly(0L, 1L, 0L, 0L, 0L);
            assertThat(latencies()).isOne();
            assertThat(meters.latencySumSeconds()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers_of_adits_own_are_counted_without_a_latency(Version version) throws Exception {
        readUntil(version, "not been read yet");
        proxy.route(RunningProxy.freePort());
        readUntil(version, "refused the connection");
        proxy.route(List.of(new HttpsRedirect()), 1);
        readUntil(version, "Location");
        assertThat(responses()).containsExactly(0L, 0L, 1L, 0L, 2L);
        assertThat(latencies()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_response_that_is_broken_off_has_been_begun_and_is_counted(Version version) throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal");
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            version.send(client, Asked.get("/"));
            await().until(() -> responses()[1] == 1);
            assertThat(latencies()).isOne();
        }
    }

    private void readUntil(Version version, String text) throws Exception {
        try (var client = new RawClient(proxy.http())) {
            version.send(client, Asked.get("/"));
            assertThat(client.readUntil(text)).endsWith(text);
        }
    }

    private long[] responses() {
        return IntStream.rangeClosed(1, 5)
                .mapToLong(statusClass -> meters.responses(statusClass))
                .toArray();
    }

    private long latencies() {
        return IntStream.rangeClosed(0, meters.latencyBounds().length)
                .mapToLong(bucket -> meters.latencies(bucket))
                .sum();
    }
}
