package dev.adit.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Load and change for a long time, and what the process holds meanwhile: {@code make soak MINUTES=60}. Ends with 1 where
 * anything failed.
 */
public final class Soak {
    private static final Duration SAMPLE = Duration.ofSeconds(30);
    private static final double WARM_UP = 0.25;

    private Soak() {}

    private record Sample(double minutes, double rss, int descriptors, int threads) {}

    public static void main(String[] arguments) throws Exception {
        var minutes = Integer.parseInt(arguments[0]);
        var tally = new Tally();
        var samples = new ArrayList<Sample>();
        try (var world = new World();
                var traffic = new Traffic(world, tally)) {
            traffic.start();
            var changes = new Changes(world, tally);
            var began = System.nanoTime();
            var next = began;
            for (var round = 0;
                    System.nanoTime() - began < Duration.ofMinutes(minutes).toNanos();
                    round++) {
                changes.make(round);
                if (System.nanoTime() >= next) {
                    next += SAMPLE.toNanos();
                    samples.add(sample(world.adit().pid(), began));
                    print(samples.getLast(), tally);
                }
            }
            traffic.close();
            var log = world.adit().output();
            report(samples, tally, log);
            log.lines().filter(line -> line.contains("LEAK")).forEach(line -> tally.failed("leaks", line));
        }
        System.exit(tally.failures() == 0 ? 0 : 1);
    }

    private static Sample sample(long pid, long began) throws Exception {
        var process = Path.of("/proc", Long.toString(pid));
        var status = Files.readString(process.resolve("status"));
        try (var descriptors = Files.list(process.resolve("fd"))) {
            return new Sample(
                    (System.nanoTime() - began) / 60e9,
                    field(status, "VmRSS:") / 1024.0,
                    (int) descriptors.count(),
                    (int) field(status, "Threads:"));
        }
    }

    private static long field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static void print(Sample sample, Tally tally) {
        System.out.printf(
                Locale.ROOT,
                "%6.1f min  RSS %6.1f MB  %4d fds  %3d threads  %d done, %d failed%n",
                sample.minutes(),
                sample.rss(),
                sample.descriptors(),
                sample.threads(),
                tally.count(),
                tally.failures());
    }

    private static void report(List<Sample> samples, Tally tally, String log) {
        var warm = samples.subList((int) (samples.size() * WARM_UP), samples.size());
        System.out.printf(
                Locale.ROOT,
                "after the warm-up: RSS %+.2f MB/h, fds %d to %d, threads %d to %d%n%s%n",
                slope(warm) * 60,
                warm.stream().mapToInt(Sample::descriptors).min().orElse(0),
                warm.stream().mapToInt(Sample::descriptors).max().orElse(0),
                warm.stream().mapToInt(Sample::threads).min().orElse(0),
                warm.stream().mapToInt(Sample::threads).max().orElse(0),
                tally);
        log.lines()
                .filter(line -> line.contains("LEAK") || line.contains(" ERROR "))
                .forEach(System.out::println);
    }

    /** Least squares, in MB for each minute. */
    private static double slope(List<Sample> samples) {
        var x = samples.stream().mapToDouble(Sample::minutes).average().orElse(0);
        var y = samples.stream().mapToDouble(Sample::rss).average().orElse(0);
        var above = samples.stream()
                .mapToDouble(s -> (s.minutes() - x) * (s.rss() - y))
                .sum();
        var below = samples.stream()
                .mapToDouble(s -> (s.minutes() - x) * (s.minutes() - x))
                .sum();
        return below == 0 ? 0 : above / below;
    }
}
