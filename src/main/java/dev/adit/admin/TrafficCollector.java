package dev.adit.admin;

import dev.adit.control.ControlView;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.TrafficMeters;
import dev.adit.text.Hyphens;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The counters of the event loops in Prometheus' form, and the certificates; no label grows with paths or pods. */
@Singleton
@SuppressWarnings("deprecation") // the registry of Quarkus 3.33 is the one that Micrometer calls deprecated
class TrafficCollector extends Collector {
    private static final String LATENCY = "adit_upstream_latency_seconds";
    private static final int STATUS_CLASSES = 5;
    private static final double NANOS_PER_SECOND = 1e9;

    private final TrafficMeters meters;
    private final ControlView control;

    TrafficCollector(TrafficMeters meters, ControlView control) {
        this.meters = meters;
        this.control = control;
    }

    void register(@Observes StartupEvent event, PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return List.of(
                requests(),
                requestsByPort(),
                new GaugeMetricFamily(
                        "adit_requests_active",
                        "Requests that a route has taken and that have not ended, tunnels of upgraded ones among them",
                        meters.proxy().activeRequests()),
                latency(),
                certificates(),
                new GaugeMetricFamily(
                        "adit_connections",
                        "Connections of clients",
                        meters.proxy().openConnections()),
                counter(
                        "adit_connections_accepted",
                        "Connections of clients so far",
                        meters.proxy().acceptedConnections()),
                counter("adit_retries", "Attempts beyond the first one of a request", meters.retries()),
                labelled(
                        "adit_tunnels",
                        "Connections that were to pass unread and have ended, by what became of them",
                        "result",
                        Arrays.stream(FinishedTunnel.Result.values())
                                .collect(Collectors.toMap(Hyphens::of, meters::tunnels))),
                labelled("adit_refusals", "Requests that Adit refused or broke off", "reason", meters.refusals()),
                labelled(
                        "adit_tls_handshakes",
                        "TLS handshakes with clients, by version; 'failed' for those that were not finished",
                        "version",
                        meters.proxy().handshakes()),
                new GaugeMetricFamily(
                        "adit_endpoints_ejected",
                        "Endpoints that are skipped for a while, because they refuse connections",
                        meters.proxy().ejected().size()),
                new GaugeMetricFamily(
                        "adit_event_loop_lag_seconds",
                        "How late an event loop was in the last minute, at worst",
                        meters.proxy().worstLag() / NANOS_PER_SECOND),
                counter(
                        "adit_access_log_lines",
                        "Lines of the access log",
                        meters.lines().lines()),
                counter(
                        "adit_access_log_lost_lines",
                        "Lines of the access log that came faster than they could be written",
                        meters.lines().lost()));
    }

    private MetricFamilySamples requests() {
        var requests = new CounterMetricFamily("adit_requests", "Responses sent, by status class", List.of("code"));
        for (var statusClass = 1; statusClass <= STATUS_CLASSES; statusClass++) {
            requests.addMetric(List.of(statusClass + "xx"), (double) meters.responses(statusClass));
        }
        return requests;
    }

    private MetricFamilySamples requestsByPort() {
        var requests = new CounterMetricFamily(
                "adit_listener_requests", "Responses sent, by listener and status class", List.of("port", "code"));
        for (var port : meters.ports()) {
            for (var statusClass = 1; statusClass <= STATUS_CLASSES; statusClass++) {
                requests.addMetric(
                        List.of(port.toString(), statusClass + "xx"), (double) meters.responses(port, statusClass));
            }
        }
        return requests;
    }

    private MetricFamilySamples certificates() {
        var family = new GaugeMetricFamily(
                "adit_certificate_expiry_timestamp_seconds",
                "When a certificate that is served ends, in seconds after 1970",
                List.of("host", "namespace", "secret"));
        // A host has one for each kind of key: what ends first counts.
        var ends = new TreeMap<String, Certificates.Served>();
        Certificates.of(control.state().generation().table())
                .forEach(served -> ends.merge(
                        served.host().text() + " " + served.certificate().secret(),
                        served,
                        BinaryOperator.minBy(Comparator.comparingDouble(Certificates.Served::end))));
        ends.values()
                .forEach(served -> family.addMetric(
                        List.of(served.host().text(), served.namespace(), served.secret()), served.end()));
        return family;
    }

    private static MetricFamilySamples labelled(String name, String help, String label, Map<String, Long> counts) {
        var family = new CounterMetricFamily(name, help, List.of(label));
        counts.forEach((value, count) -> family.addMetric(List.of(value), (double) count));
        return family;
    }

    private static MetricFamilySamples counter(String name, String help, long value) {
        return new CounterMetricFamily(name, help, (double) value);
    }

    private MetricFamilySamples latency() {
        var samples = new ArrayList<MetricFamilySamples.Sample>();
        var bounds = meters.latencyBounds();
        var count = 0L;
        for (var bucket = 0; bucket <= bounds.length; bucket++) {
            count += meters.latencies(bucket);
            var bound = bucket < bounds.length ? doubleToGoString(bounds[bucket]) : "+Inf";
            samples.add(
                    new MetricFamilySamples.Sample(LATENCY + "_bucket", List.of("le"), List.of(bound), (double) count));
        }
        samples.add(new MetricFamilySamples.Sample(LATENCY + "_count", List.of(), List.of(), (double) count));
        samples.add(new MetricFamilySamples.Sample(LATENCY + "_sum", List.of(), List.of(), meters.latencySumSeconds()));
        var help = "From a request's arrival to the head of the upstream's response";
        return new MetricFamilySamples(LATENCY, Type.HISTOGRAM, help, samples);
    }
}
