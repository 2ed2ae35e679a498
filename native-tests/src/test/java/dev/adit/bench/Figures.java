package dev.adit.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** What was measured: for each subject and figure, one value of each round. */
public final class Figures {
    private final Map<String, List<Double>> values = new TreeMap<>();

    public void add(String subject, String figure, double value) {
        values.computeIfAbsent(subject + "|" + figure, _ -> new ArrayList<>()).add(value);
    }

    /** The median with the spread, or a dash where there is no such figure. */
    public String text(String subject, String figure, String format) {
        var sorted = sorted(subject, figure);
        if (sorted.length == 0) {
            return "—";
        }
        var median = format.formatted(median(subject, figure));
        return sorted.length == 1
                ? median
                : median + " (" + format.formatted(sorted[0]) + "–" + format.formatted(sorted[sorted.length - 1]) + ")";
    }

    /** The median of the ratios to a peer's value in the same round, with the spread. */
    public String ratio(String subject, String peer, String figure) {
        var own = values.getOrDefault(subject + "|" + figure, List.of());
        var theirs = values.getOrDefault(peer + "|" + figure, List.of());
        var ratios = new Figures();
        for (var i = 0; i < Math.min(own.size(), theirs.size()); i++) {
            ratios.add("", "", own.get(i) / theirs.get(i));
        }
        return ratios.text("", "", "%.2f");
    }

    public double median(String subject, String figure) {
        var sorted = sorted(subject, figure);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private double[] sorted(String subject, String figure) {
        return values.getOrDefault(subject + "|" + figure, List.of()).stream()
                .flatMapToDouble(DoubleStream::of)
                .sorted()
                .toArray();
    }
}
