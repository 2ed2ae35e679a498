package dev.adit.observe.series;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.observe.series.SeriesKey.Place;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RouteSeriesTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final String WILDCARD = Adit.ingress("").replace("a.test", "\"*.a.test\"");
    private static final Place SHOP = new Place("Ingress", "default", "shop", "*.a.test", "/", "web", "");

    private final RouteSeries series = new RouteSeries();

    private Adit serving(String yaml) {
        return Adit.serving(yaml, IngressNginx.options(), series.register());
    }

    private static String request(String method, String host) {
        return method + " / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    @Test
    void a_series_has_the_host_that_the_object_says_and_no_label_that_a_client_could_make_up() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(WILDCARD + Adit.service("web", web.port()))) {
            for (var i = 0; i < 5; i++) {
                adit.send(request("GET", i + ".a.test"));
                adit.send(request("MADE" + i, "b.a.test"));
                adit.send(request("GET", i + ".unknown.test"));
            }
            assertThat(series.counts().entrySet().stream()
                            .collect(Collectors.toMap(
                                    entry -> entry.getKey(),
                                    entry -> entry.getValue().durations().count())))
                    .containsOnlyKeys(
                            new SeriesKey(SHOP, "GET", 200),
                            new SeriesKey(SHOP, "_OTHER", 200),
                            new SeriesKey(Place.NOWHERE, "GET", 404))
                    .containsValue(5L)
                    .doesNotContainValue(1L);
        }
    }

    @Test
    void an_endpoint_that_answers_any_status_makes_so_many_series_and_no_more() throws Exception {
        var status = new AtomicInteger(200);
        try (var web = new RawOrigin((_, socket) -> socket.getOutputStream()
                        .write(OK.replace("200", Integer.toString(status.get())).getBytes(US_ASCII)));
                var adit = serving(WILDCARD + Adit.service("web", web.port()))) {
            for (var i = 0; i < LoopSeries.MOST_OF_PLACE + 20; i++) {
                status.incrementAndGet();
                adit.send(request("GET", "b.a.test"));
            }
            var counts = series.counts();
            assertThat(counts.keySet().stream().filter(key -> key.place().equals(SHOP)))
                    .hasSize(LoopSeries.MOST_OF_PLACE);
            assertThat(counts.values().stream()
                            .mapToLong(one -> one.durations().count())
                            .sum())
                    .isEqualTo(LoopSeries.MOST_OF_PLACE + 20);
        }
    }

    @Test
    void only_what_was_forwarded_has_the_times_of_an_endpoint() throws Exception {
        try (var adit = serving(WILDCARD + Adit.service("web", 80).replaceAll("endpoints: .*", "endpoints: []"))) {
            adit.send(request("GET", "b.a.test"));
            var counts = series.counts().get(new SeriesKey(SHOP, "GET", 503));
            assertThat(counts.durations().count()).isOne();
            assertThat(counts.requestBytes().total())
                    .isEqualTo(request("GET", "b.a.test").length());
            assertThat(counts.headDurations().count()).isZero();
            assertThat(counts.upstreamDurations().count()).isZero();
        }
    }

    @Test
    void a_canary_is_told_from_its_main_service() throws Exception {
        var canary = Adit.ingress("nginx.ingress.kubernetes.io/canary: \"true\","
                        + " nginx.ingress.kubernetes.io/canary-weight: \"100\"")
                .replace("name: shop", "name: next")
                .replace("name: web", "name: next")
                .replace("rules:", "ingressClassName: nginx\n  rules:");
        var main = Adit.ingress("").replace("rules:", "ingressClassName: nginx\n  rules:");
        try (var web = RawOrigin.answering(OK);
                var adit = serving(IngressNginx.CLASS + main + "---\n" + canary + Adit.service("web", web.port())
                        + Adit.service("next", web.port()))) {
            adit.get("a.test/");
            assertThat(series.counts().keySet())
                    .containsExactly(new SeriesKey(
                            new Place("Ingress", "default", "shop", "a.test", "/", "web", "default-next-80"),
                            "GET",
                            200));
        }
    }
}
