package dev.adit.admin;

import dev.adit.observe.series.Histogram;
import dev.adit.observe.series.RouteSeries.Counts;
import dev.adit.observe.series.SeriesKey;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CounterMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Families of metrics whose labels are those of a series. */
final class RouteCollector {
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<String> names;
    private final Function<SeriesKey, List<String>> values;
    private final Map<SeriesKey, Counts> counts;

    /**
     * Of some series.
     *
     * @param names of the labels
     * @param values of these labels
     */
    RouteCollector(List<String> names, Function<SeriesKey, List<String>> values, Map<SeriesKey, Counts> counts) {
        this.names = names;
        this.values = values;
        this.counts = counts;
    }

    MetricFamilySamples counter(String name, String help, Function<Counts, Long> value) {
        var family = new CounterMetricFamily(name, help, names);
        counts.forEach((key, count) -> family.addMetric(values.apply(key), (double) value.apply(count)));
        return family;
    }

    /** A counter whose name has no ending, as those of ingress-nginx have none. */
    MetricFamilySamples plainCounter(String name, String help, Function<Counts, Long> value) {
        var samples = new ArrayList<Sample>();
        counts.forEach(
                (key, count) -> samples.add(new Sample(name, names, values.apply(key), (double) value.apply(count))));
        return new MetricFamilySamples(name, Collector.Type.UNKNOWN, help, samples);
    }

    /** Of what is counted in nanoseconds. */
    MetricFamilySamples seconds(String name, String help, Function<Counts, Histogram.Sum> value) {
        return histogram(name, help, value, NANOS_PER_SECOND);
    }

    MetricFamilySamples bytes(String name, String help, Function<Counts, Histogram.Sum> value) {
        return histogram(name, help, value, 1);
    }

    private MetricFamilySamples histogram(
            String name, String help, Function<Counts, Histogram.Sum> value, double unit) {
        var samples = new ArrayList<Sample>();
        var ofBuckets = new ArrayList<>(names);
        ofBuckets.add("le");
        counts.forEach((key, count) -> {
            var labels = values.apply(key);
            var histogram = value.apply(count);
            if (histogram.count() == 0) {
                return; // what was not forwarded has no time of an endpoint
            }
            for (var bucket = 0; bucket < histogram.buckets(); bucket++) {
                var isLast = bucket == histogram.buckets() - 1;
                var bound = isLast ? "+Inf" : Collector.doubleToGoString((double) histogram.bound(bucket) / unit);
                var ofBucket = new ArrayList<>(labels);
                ofBucket.add(bound);
                samples.add(new Sample(name + "_bucket", ofBuckets, ofBucket, (double) histogram.upTo(bucket)));
            }
            samples.add(new Sample(name + "_count", names, labels, (double) histogram.count()));
            samples.add(new Sample(name + "_sum", names, labels, (double) histogram.total() / unit));
        });
        return new MetricFamilySamples(name, Collector.Type.HISTOGRAM, help, samples);
    }
}
