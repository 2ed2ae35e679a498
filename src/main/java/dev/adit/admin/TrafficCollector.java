package dev.adit.admin;

import dev.adit.observe.TrafficMeters;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The counters of the event loops in Prometheus' form; no label grows with hosts, paths or pods. */
@Singleton
@SuppressWarnings("deprecation") // the registry of Quarkus 3.33 is the one that Micrometer calls deprecated
class TrafficCollector extends Collector {
    private static final String LATENCY = "adit_upstream_latency_seconds";
    private static final int STATUS_CLASSES = 5;

    private final TrafficMeters meters;

    TrafficCollector(TrafficMeters meters) {
        this.meters = meters;
    }

    void register(@Observes StartupEvent event, PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return List.of(
                requests(),
                latency(),
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
