package dev.adit.observe.statistics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.routing.Hostname;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final RouteKey SHOP = new RouteKey("Ingress", "default", "shop", "a.test", "Prefix /");
    private static final long STEP = 2_000_000_000L;

    private final AtomicLong time = new AtomicLong();
    private final Statistics statistics = new Statistics(Clock.systemUTC(), time::get, 4);

    private Adit serving(String yaml) {
        return Adit.serving(yaml, IngressNginx.options(), statistics.register());
    }

    private static String request(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
    }

    private void pass(int seconds) {
        for (var i = 0; i < seconds / 2; i++) {
            time.addAndGet(STEP);
            statistics.step();
        }
    }

    @Test
    void each_route_and_each_endpoint_has_its_rate_and_its_errors() throws Exception {
        var answers = new AtomicLong();
        try (var web = new RawOrigin((_, socket) -> socket.getOutputStream()
                        .write((answers.incrementAndGet() % 4 == 0 ? OK.replace("200 OK", "500 No") : OK)
                                .getBytes(US_ASCII)));
                var adit = serving(Adit.ingress("") + Adit.service("web", web.port()))) {
            for (var i = 0; i < 8; i++) {
                adit.send(request("/?secret=" + i));
            }
            adit.send(request("/").replace("a.test", "b.test"));
            pass(4);
            assertThat(statistics.activeRoutes()).containsExactlyInAnyOrder(SHOP, RouteKey.NONE);
            var shop = statistics.of(SHOP, Window.MINUTE);
            assertThat(shop.requests()).isEqualTo(8);
            assertThat(shop.serverErrors()).isEqualTo(2);
            assertThat(shop.errorShare()).isEqualTo(0.25);
            assertThat(shop.rate()).isEqualTo(2);
            assertThat(shop.p50()).isPositive().isLessThanOrEqualTo(shop.p99());
            assertThat(statistics.of(RouteKey.NONE, Window.HOUR).clientErrors()).isEqualTo(1);
            assertThat(statistics.total(Window.TEN_MINUTES).requests()).isEqualTo(9);
            assertThat(statistics.activeEndpoints()).singleElement().satisfies(endpoint -> {
                assertThat(endpoint.endpoint().port()).isEqualTo(web.port());
                assertThat(statistics.of(endpoint, Window.MINUTE).serverErrors())
                        .isEqualTo(2);
            });
            assertThat(statistics.failed()).hasSizeBetween(1, 2).allSatisfy(failed -> {
                assertThat(failed.status()).isEqualTo(500);
                assertThat(failed.rule()).startsWith("default/shop");
                assertThat(failed.toString()).doesNotContain("secret");
            });
            assertThat(statistics.slowest()).hasSizeBetween(1, LoopRequests.SLOWEST_OF_MINUTE);
        }
    }

    @Test
    void what_a_client_did_wrong_and_a_protocol_that_was_switched_are_no_errors_of_the_endpoint() throws Exception {
        var switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
        try (var web = RawOrigin.answering(switched);
                var adit = serving(Adit.ingress("adit.dev/max-body-size: \"2\"") + Adit.service("web", web.port()))) {
            adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
            adit.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    + "8\r\n12345678\r\n0\r\n\r\n");
            await().until(() -> statistics.of(SHOP, Window.MINUTE).requests() == 2);
            assertThat(statistics.of(SHOP, Window.MINUTE).clientErrors()).isEqualTo(1);
            assertThat(statistics.activeEndpoints())
                    .allSatisfy(endpoint -> assertThat(
                                    statistics.of(endpoint, Window.MINUTE).serverErrors())
                            .isZero());
        }
    }

    @Test
    void what_had_no_request_for_an_hour_is_forgotten() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(Adit.ingress("") + Adit.service("web", web.port()))) {
            adit.send(request("/"));
            pass(30);
            assertThat(statistics.of(SHOP, Window.MINUTE).requests()).isEqualTo(1);
            pass(60);
            assertThat(statistics.of(SHOP, Window.MINUTE).requests()).isZero();
            assertThat(statistics.of(SHOP, Window.TEN_MINUTES).requests()).isEqualTo(1);
            pass(600);
            assertThat(statistics.of(SHOP, Window.TEN_MINUTES).requests()).isZero();
            assertThat(statistics.of(SHOP, Window.HOUR).requests()).isEqualTo(1);
            pass(3_600);
            assertThat(statistics.activeRoutes()).isEmpty();
            adit.send(request("/"));
            assertThat(statistics.of(SHOP, Window.MINUTE).requests()).isEqualTo(1);
        }
    }

    @Test
    void an_endpoint_that_cannot_be_reached_has_errors_and_the_one_that_answered_in_its_place_has_none()
            throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(Adit.ingress("")
                        + Adit.service("web", web.port())
                                .replace(
                                        "[{addresses: [127.0.0.1]}]",
                                        "[{addresses: [127.0.0.1]}, {addresses: [127.0.0.2]}]"))) {
            for (var i = 0; i < 4; i++) {
                adit.send(request("/"));
            }
            for (var endpoint : statistics.activeEndpoints()) {
                var signals = statistics.of(endpoint, Window.MINUTE);
                assertThat(signals.serverErrors())
                        .isEqualTo(endpoint.endpoint().address().equals("127.0.0.1") ? 0 : signals.requests());
            }
            assertThat(statistics.activeEndpoints()).hasSize(2);
            assertThat(statistics.of(SHOP, Window.MINUTE).serverErrors()).isZero();
        }
    }

    @Test
    void more_routes_than_there_is_room_for_are_counted_together() {
        var subjects = new Subjects<>(1, RouteKey.OTHERS, 0);
        for (var i = 0; i < Subjects.MOST + 10; i++) {
            subjects.tally(new RouteKey("Ingress", "default", "web", Hostname.ANY.text(), "Exact /" + i), 0)
                    .add(Outcome.SUCCESS);
        }
        assertThat(subjects.keys()).hasSize(Subjects.MOST + 1);
        assertThat(subjects.signals(RouteKey.OTHERS, Window.HOUR, 1).requests()).isEqualTo(10);
    }
}
