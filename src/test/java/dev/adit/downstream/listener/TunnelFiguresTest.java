package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.ClientPolicy;
import dev.adit.observe.Attempt;
import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.FinishedTunnel.Result;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.log.AccessLog;
import dev.adit.observe.log.AccessLogOptions;
import dev.adit.observe.log.LineFormat;
import dev.adit.observe.log.LogSelection;
import dev.adit.observe.log.Queries;
import dev.adit.observe.series.RouteSeries;
import dev.adit.observe.series.SeriesKey.Place;
import dev.adit.observe.series.TunnelCounts;
import dev.adit.observe.statistics.EndpointKey;
import dev.adit.observe.statistics.RouteKey;
import dev.adit.observe.statistics.Statistics;
import dev.adit.observe.statistics.Window;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.Tunnel;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.StreamOrigin;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written and counted of connections that pass unread. */
class TunnelFiguresTest {
    @TempDir
    private Path folder;

    @Test
    void a_connection_is_counted_with_its_bytes_when_it_has_ended() throws Exception {
        var meters = new TrafficMeters();
        var series = new RouteSeries();
        try (var statistics = new Statistics(Clock.systemUTC(), 1);
                var web = answering("heard");
                var proxy = observed(ExchangeObserver.of(
                        ExchangeObserver.of(meters.register(), series.register()), statistics.register()))) {
            var nobody = RunningProxy.freePort();
            var port = serve(proxy, "127.0.0.1:" + web.port());
            assertThat(StreamOrigin.ask(port, "hello, world")).isEqualTo("heard");
            assertThat(StreamOrigin.ask(serve(proxy, "127.0.0.1:" + nobody), "hello"))
                    .isEmpty();
            assertThat(StreamOrigin.ask(serve(proxy, "no ready endpoint"), "hello"))
                    .isEmpty();

            var service = new UpstreamId("default", "web", "", 80);
            await().untilAsserted(() -> {
                assertThat(meters.tunnels(Result.PASSED)).isOne();
                assertThat(meters.tunnels(Result.FAILED)).isEqualTo(2);
                assertThat(series.tunnels().values()).contains(new TunnelCounts(1, 1, 0, 12, 5));
                assertThat(series.tunnels().keySet()).extracting(Place::service).containsExactlyInAnyOrder("web", "");
                var ofRoute = statistics.activeRoutes().stream().toList();
                assertThat(ofRoute).singleElement().extracting(RouteKey::match).isEqualTo("tunnel");
                assertThat(statistics.of(ofRoute.getFirst(), Window.MINUTE).requests())
                        .isEqualTo(3);
                assertThat(statistics.of(ofRoute.getFirst(), Window.MINUTE).serverErrors())
                        .isEqualTo(2);
                assertThat(statistics
                                .of(new EndpointKey(service, new Endpoint("127.0.0.1", nobody)), Window.MINUTE)
                                .serverErrors())
                        .isOne();
            });
        }
    }

    @Test
    void an_endpoint_that_does_not_take_a_connection_is_counted_beside_the_one_that_does() throws Exception {
        var told = new LinkedBlockingQueue<FinishedTunnel>();
        try (var web = answering("heard");
                var proxy = observed(telling(told))) {
            var nobody = RunningProxy.freePort();
            var port = serve(proxy, "127.0.0.1:" + nobody + " 127.0.0.1:" + web.port());
            var both = Stream.generate(() -> {
                        StreamOrigin.ask(port, "hello");
                        return next(told);
                    })
                    .filter(tunnel -> !tunnel.earlier().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(both.result()).isEqualTo(Result.PASSED);
            assertThat(both.endpoint()).isEqualTo(new Endpoint("127.0.0.1", web.port()));
            assertThat(both.earlier())
                    .singleElement()
                    .extracting(Attempt::endpoint)
                    .isEqualTo(new Endpoint("127.0.0.1", nobody));
        }
    }

    @Test
    void a_client_that_leaves_before_an_endpoint_takes_its_connection_is_no_failure_of_anybody() {
        var action = new Route.Action.Forward(new UpstreamId("default", "web", "", 80), UpstreamPolicy.DEFAULT);
        var tunnel = new Tunnel(action, false, new RouteOrigin("default", "web", ""));
        var passage = new Passage(new Passage.Way(tunnel, Hostname.ANY), "192.0.2.1");
        var client = new EmbeddedChannel();
        var told = new LinkedBlockingQueue<FinishedTunnel>();
        passage.whenOver(client, told::add);
        var _ = client.close();
        assertThat(next(told).result()).isEqualTo(Result.CLIENT_GONE);
    }

    private static ExchangeObserver telling(BlockingQueue<FinishedTunnel> told) {
        return new ExchangeObserver() {
            @Override
            public void finished(Finished exchange) {}

            @Override
            public void ended(FinishedTunnel tunnel) {
                told.add(tunnel);
            }
        };
    }

    private static FinishedTunnel next(BlockingQueue<FinishedTunnel> told) {
        try {
            return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_connection_has_a_line_in_the_access_log_when_it_has_ended(boolean isJson) throws Exception {
        var file = folder.resolve("access.log");
        var format = isJson ? LineFormat.json(Queries.KEEP) : LineFormat.nginx(LineFormat.INGRESS_NGINX, Queries.KEEP);
        var log = new AccessLog(
                new AccessLogOptions(format, Optional.empty(), LogSelection.ALL, Optional.of(file), 1 << 30, 0));
        log.start();
        try (log;
                var web = answering("heard");
                var proxy = observed(log.register())) {
            StreamOrigin.ask(serve(proxy, "127.0.0.1:" + web.port()), "hello, world");
            StreamOrigin.ask(serve(proxy, "127.0.0.1:" + RunningProxy.freePort()), "hello");
            await().until(() -> Files.readAllLines(file).size() == 2);
        }
        var lines = Files.readAllLines(file);
        if (isJson) {
            assertThat(lines.getFirst())
                    .contains(
                            "\"client.address\":\"127.0.0.1\",\"network.transport\":\"tcp\",\"server.address\":\"*\"",
                            "\"received.bytes\":12,\"sent.bytes\":5,\"duration\":",
                            "\"end\":\"passed\"",
                            "\"k8s.service.name\":\"web\",\"k8s.service.port\":80,\"upstream.address\":\"127.0.0.1:");
            assertThat(lines.getLast()).contains("\"received.bytes\":0,\"sent.bytes\":0", "\"end\":\"failed\"");
        } else {
            assertThat(lines.getFirst()).matches("\\[127\\.0\\.0\\.1] \\[[^]]+] TCP 200 5 12 0\\.[0-9]{3}");
            assertThat(lines.getLast()).matches("\\[127\\.0\\.0\\.1] \\[[^]]+] TCP 502 0 0 0\\.[0-9]{3}");
        }
    }

    private static RunningProxy observed(ExchangeObserver observer) {
        return new RunningProxy(UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, observer);
    }

    private static StreamOrigin answering(String answer) throws Exception {
        return new StreamOrigin(socket -> {
            socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(answer.getBytes(US_ASCII));
        });
    }

    private static int serve(RunningProxy proxy, String endpoints) {
        var port = RunningProxy.freePort();
        proxy.serve("""
                host * on port %1$d by TCP
                  tunnel -> web:80
                upstream default/web:80 = %2$s
                """.formatted(port, endpoints));
        return port;
    }
}
