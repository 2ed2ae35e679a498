package dev.adit.admin;

import dev.adit.observe.Histogram;
import dev.adit.observe.series.Counts;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CounterMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Families of metrics of the requests of routes. */
final class RouteCollector {
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<String> names;
    private final Map<List<String>, Counts> counts;

    /** One of the histograms of a series. */
    @FunctionalInterface
    interface Part {
        Histogram.Sum of(Counts counts);
    }

    /**
     * Of some series.
     *
     * @param names of the labels
     * @param counts by the values of these labels
     */
    RouteCollector(List<String> names, Map<List<String>, Counts> counts) {
        this.names = names;
        this.counts = counts;
    }

    MetricFamilySamples counter(String name, String help, ToLongFunction<Counts> value) {
        var family = new CounterMetricFamily(name, help, names);
        counts.forEach((labels, count) -> family.addMetric(labels, (double) value.applyAsLong(count)));
        return family;
    }

    /** A counter whose name has no ending, as those of ingress-nginx have none. */
    MetricFamilySamples plainCounter(String name, String help, ToLongFunction<Counts> value) {
        var samples = counts.entrySet().stream()
                .map(entry -> new Sample(name, names, entry.getKey(), (double) value.applyAsLong(entry.getValue())))
                .toList();
        return new MetricFamilySamples(name, Collector.Type.UNKNOWN, help, samples);
    }

    /** Of what is counted in nanoseconds. */
    MetricFamilySamples seconds(String name, String help, Part part) {
        return histogram(name, help, part, NANOS_PER_SECOND);
    }

    MetricFamilySamples bytes(String name, String help, Part part) {
        return histogram(name, help, part, 1);
    }

    private MetricFamilySamples histogram(String name, String help, Part part, double unit) {
        var samples = new ArrayList<Sample>();
        counts.forEach((labels, count) -> {
            var histogram = part.of(count);
            if (histogram.count() > 0) { // what was not forwarded has no time of an endpoint
                add(name, labels, histogram, unit, samples);
            }
        });
        return new MetricFamilySamples(name, Collector.Type.HISTOGRAM, help, samples);
    }

    private void add(String name, List<String> labels, Histogram.Sum histogram, double unit, List<Sample> samples) {
        var ofBuckets = with(names, "le");
        for (var bucket = 0; bucket < histogram.buckets(); bucket++) {
            var isLast = bucket == histogram.buckets() - 1;
            var bound = isLast ? "+Inf" : bound((double) histogram.bound(bucket) / unit);
            samples.add(new Sample(name + "_bucket", ofBuckets, with(labels, bound), (double) histogram.upTo(bucket)));
        }
        samples.add(new Sample(name + "_count", names, labels, (double) histogram.count()));
        samples.add(new Sample(name + "_sum", names, labels, (double) histogram.total() / unit));
    }

    /** A whole number without a point, as clients in Go write it: alerts ask for {@code le="1"}. */
    private static String bound(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    /** Labels, or their values, with more of them. */
    static List<String> with(List<String> labels, String... more) {
        var all = new ArrayList<>(labels);
        all.addAll(List.of(more));
        return all;
    }
}
