package dev.adit.admin;

import dev.adit.control.ControlView;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.series.RouteMeters;
import dev.adit.observe.series.SeriesKey;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The counters of each route, by Adit's names, by those of ingress-nginx, or by both. */
@Singleton
@SuppressWarnings("deprecation") // the registry of Quarkus 3.33 is the one that Micrometer calls deprecated
class RouteMetricsCollector extends Collector {
    private static final List<String> LABELS =
            List.of("kind", "namespace", "name", "host", "path", "service", "canary", "method", "code");

    private static final List<String> TUNNEL_LABELS = List.of("kind", "namespace", "name", "host", "service");

    private final RouteMeters meters;
    private final NginxMetrics nginx;

    RouteMetricsCollector(RouteMeters meters, TrafficMeters traffic, ControlView control) {
        this.meters = meters;
        this.nginx = new NginxMetrics(traffic, control);
    }

    void register(@Observes StartupEvent event, PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var families = new ArrayList<MetricFamilySamples>();
        var names = meters.names();
        if (names.areAdits()) {
            var routes = new RouteCollector(LABELS, meters.series().counts(key -> Optional.of(labels(key))));
            families.add(routes.seconds(
                    "adit_route_duration_seconds",
                    "From the head of a request to its end",
                    count -> count.durations()));
            families.add(routes.seconds(
                    "adit_route_upstream_head_seconds",
                    "From the choice of an endpoint to the head of its response",
                    count -> count.headDurations()));
            families.add(routes.counter(
                    "adit_route_received_bytes",
                    "Requests, with their heads",
                    count -> count.requestBytes().total()));
            families.add(routes.counter(
                    "adit_route_sent_bytes",
                    "Bodies of responses",
                    count -> count.responseBytes().total()));
            families.addAll(tunnels());
        }
        if (names.areOfIngressNginx()) {
            families.addAll(nginx.ofRoutes(meters.series()));
            families.addAll(nginx.ofController());
        }
        return families;
    }

    private List<MetricFamilySamples> tunnels() {
        var tunnels = new CounterMetricFamily(
                "adit_route_tunnels",
                "Connections that were to pass unread and have ended, by what became of them",
                RouteCollector.with(TUNNEL_LABELS, "result"));
        var received = new CounterMetricFamily("adit_route_tunnel_received_bytes", "Bytes of clients", TUNNEL_LABELS);
        var sent = new CounterMetricFamily("adit_route_tunnel_sent_bytes", "Bytes of endpoints", TUNNEL_LABELS);
        meters.series().tunnels().forEach((place, counts) -> {
            var labels = List.of(place.kind(), place.namespace(), place.name(), place.host(), place.service());
            tunnels.addMetric(RouteCollector.with(labels, "passed"), (double) counts.passed());
            tunnels.addMetric(RouteCollector.with(labels, "failed"), (double) counts.failed());
            tunnels.addMetric(RouteCollector.with(labels, "client-gone"), (double) counts.clientsGone());
            received.addMetric(labels, (double) counts.received());
            sent.addMetric(labels, (double) counts.sent());
        });
        return List.of(tunnels, received, sent);
    }

    private static List<String> labels(SeriesKey key) {
        var place = key.place();
        return List.of(
                place.kind(),
                place.namespace(),
                place.name(),
                place.host(),
                place.path(),
                place.service(),
                place.canary(),
                key.method(),
                Integer.toString(key.status()));
    }
}
