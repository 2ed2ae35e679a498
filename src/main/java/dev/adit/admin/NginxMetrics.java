package dev.adit.admin;

import dev.adit.control.ControlView;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.series.RouteSeries;
import dev.adit.observe.series.SeriesKey;
import dev.adit.observe.series.SeriesKey.Place;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What ingress-nginx counts, by its names: its dashboards and alerts work unchanged. Reloads are there for those alone; each change that is
 * served counts as one that has succeeded.
 */
final class NginxMetrics {
    private static final String PREFIX = "nginx_ingress_controller_";
    private static final String CONTROLLER_CLASS = "k8s.io/ingress-nginx";
    private static final String STATE = "state";
    private static final int LEFT = 499;
    private static final int MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int KIBIBYTE = 1_024;

    private static final List<String> CONTROLLER =
            List.of("controller_class", "controller_namespace", "controller_pod");
    private static final List<String> LABELS = List.copyOf(RouteCollector.with(
            CONTROLLER, "status", "method", "path", "namespace", "ingress", "service", "canary", "host"));

    private final TrafficMeters traffic;
    private final ControlView control;
    private final List<String> ofController;

    NginxMetrics(TrafficMeters traffic, ControlView control) {
        this.traffic = traffic;
        this.control = control;
        var environment = System.getenv();
        this.ofController = List.of(
                CONTROLLER_CLASS,
                environment.getOrDefault("POD_NAMESPACE", "default"),
                environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", "adit")));
    }

    private List<String> labels(SeriesKey key) {
        var place = key.place();
        return RouteCollector.with(
                ofController,
                Integer.toString(key.status() == 0 ? LEFT : key.status()),
                key.method(),
                place.path(),
                place.namespace(),
                place.name(),
                place.service(),
                place.canary(),
                place.host().equals("*") ? "_" : place.host());
    }

    /** Without those that no route took, whose hosts it does not count either. */
    List<MetricFamilySamples> ofRoutes(RouteSeries series) {
        var routes = new RouteCollector(
                LABELS,
                series.counts(key -> Optional.of(key)
                        .filter(one -> !one.place().equals(Place.NOWHERE))
                        .map(this::labels)));
        return List.of(
                routes.plainCounter(
                        PREFIX + "requests",
                        "The total number of client requests",
                        count -> count.durations().count()),
                routes.seconds(
                        PREFIX + "request_duration_seconds",
                        "The request processing time in seconds",
                        count -> count.durations()),
                routes.seconds(
                        PREFIX + "response_duration_seconds",
                        "The time spent on receiving the response from the upstream server",
                        count -> count.upstreamDurations()),
                routes.seconds(
                        PREFIX + "header_duration_seconds",
                        "The time spent on receiving first header from the upstream server",
                        count -> count.headDurations()),
                routes.bytes(
                        PREFIX + "request_size",
                        "The request length (including request line, header, and request body)",
                        count -> count.requestBytes()),
                routes.bytes(
                        PREFIX + "response_size", "The response length (of its body)", count -> count.responseBytes()));
    }

    List<MetricFamilySamples> ofController() {
        var state = control.state();
        var families = new ArrayList<MetricFamilySamples>();
        families.add(gauge("config_last_reload_successful", "1: what is wrong in an object concerns it alone", 1));
        families.add(
                gauge("config_last_reload_successful_timestamp_seconds", "When the last change was served", (double)
                        state.changedAt().getEpochSecond()));
        families.add(gauge(
                "config_hash", "Tells tables apart", (double) state.generation().number()));
        families.add(counter("success", "Changes that are served", (double)
                state.generation().number()));
        families.add(counter("errors", "Changes that are not served: there are none", 0));
        families.add(certificates());
        families.add(connections());
        families.add(accepted());
        families.addAll(process());
        return families;
    }

    private MetricFamilySamples gauge(String name, String help, double value) {
        var family = new GaugeMetricFamily(PREFIX + name, help, CONTROLLER);
        return family.addMetric(ofController, value);
    }

    private MetricFamilySamples counter(String name, String help, double value) {
        var samples = List.of(new MetricFamilySamples.Sample(PREFIX + name, CONTROLLER, ofController, value));
        return new MetricFamilySamples(PREFIX + name, Collector.Type.UNKNOWN, help, samples);
    }

    private MetricFamilySamples certificates() {
        var family = new GaugeMetricFamily(
                PREFIX + "ssl_expire_time_seconds",
                "Number of seconds since 1970 to the SSL Certificate expire",
                List.of("class", "host", "namespace", "secret_name", "identifier"));
        Certificates.of(control.state().generation().table())
                .forEach(served -> family.addMetric(
                        List.of(
                                CONTROLLER_CLASS,
                                served.host().text(),
                                served.namespace(),
                                served.secret(),
                                served.serial()),
                        served.end()));
        return family;
    }

    private MetricFamilySamples connections() {
        var family = new GaugeMetricFamily(
                PREFIX + "nginx_process_connections", "Connections of clients", RouteCollector.with(CONTROLLER, STATE));
        return family.addMetric(
                RouteCollector.with(ofController, "active"), traffic.proxy().openConnections());
    }

    /** Named as there, where a counter and a gauge share all but their ending. */
    private MetricFamilySamples accepted() {
        var name = PREFIX + "nginx_process_connections_total";
        var labels = RouteCollector.with(CONTROLLER, STATE);
        var accepted = (double) traffic.proxy().acceptedConnections();
        var samples = Stream.of("accepted", "handled")
                .map(state -> new MetricFamilySamples.Sample(
                        name, labels, RouteCollector.with(ofController, state), accepted))
                .toList();
        return new MetricFamilySamples(name, Collector.Type.UNKNOWN, "Connections of clients so far", samples);
    }

    private List<MetricFamilySamples> process() {
        var families = new ArrayList<MetricFamilySamples>();
        var seconds = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> (double) time.toNanos() / NANOS_PER_SECOND);
        var family = new CounterMetricFamily(PREFIX + "nginx_process_cpu_seconds", "Cpu usage in seconds", CONTROLLER);
        seconds.ifPresent(value -> families.add(family.addMetric(ofController, value)));
        memory("VmRSS")
                .ifPresent(bytes -> families.add(
                        gauge("nginx_process_resident_memory_bytes", "number of bytes of memory in use", bytes)));
        memory("VmSize")
                .ifPresent(bytes -> families.add(
                        gauge("nginx_process_virtual_memory_bytes", "number of bytes of memory in use", bytes)));
        families.add(gauge("nginx_process_num_procs", "number of processes", 1));
        families.add(gauge(
                "nginx_process_oldest_start_time_seconds",
                "start time in seconds since 1970/01/01",
                (double) ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND));
        return families;
    }

    /** In bytes, by its name (proc(5)); empty where there is no such file. */
    private static Optional<Double> memory(String name) {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .map(line -> (double) Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
                    .findFirst();
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        }
    }
}
