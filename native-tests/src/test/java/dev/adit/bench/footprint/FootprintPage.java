package dev.adit.bench.footprint;

import dev.adit.bench.Figures;
import dev.adit.bench.Subject;
import dev.adit.testbed.Adit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The table, printed, and where it has all subjects kept in {@code docs/footprint.md}. */
final class FootprintPage {
    private static final Path PAGE = Adit.ROOT.resolve("docs/footprint.md");
    private static final Path IMAGE = Adit.ROOT.resolve("target/image-root");
    private static final Duration ENOUGH_FOR_A_SLOPE = Duration.ofMinutes(5);
    private static final double MEGABYTE = 1e6;

    private FootprintPage() {}

    static void write(List<Subject> subjects, Figures figures, Duration load, boolean whole) throws IOException {
        var page = """
                # Footprint

                Made by `make footprint` (MINUTES=%d): %d processors, %s. Medians of interleaved rounds, with the lowest and
                the highest in brackets. Everyone serves the same routes to the same upstream; Adit and Traefik read them
                from a real API server on the same machine, the others from a file. *Served* is from exec to the first 200
                of the last host; *resident* counts a page once that several processes of a subject share; *load* is about
                750 requests a second over 80 connections, 16 of them TLS; *slope*, from five minutes on, is that of its second half; *TLS
                bulk* is bodies of 1 MiB for each second of processor the subject took; *idle* is the processor's time while
                nothing changes and nobody asks, over five minutes.

                %s
                %s
                """.formatted(
                        load.toMinutes(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        table(subjects, figures, load),
                        image());
        if (whole) {
            Files.writeString(PAGE, page);
        }
        System.out.println(page);
    }

    private static String table(List<Subject> subjects, Figures figures, Duration load) {
        var rows = new StringBuilder("| |");
        subjects.forEach(subject -> rows.append(' ').append(subject.name()).append(" |"));
        rows.append("\n|---|").append("---|".repeat(subjects.size())).append('\n');
        row(rows, "executable, MB", subjects, s -> "%.1f".formatted(size(s.executable()) / MEGABYTE));
        for (var routes : List.of("10", "10,000")) {
            row(rows, routes + " routes: ready, ms", subjects, s -> figures.text(s.name(), "ready " + routes, "%.0f"));
            row(
                    rows,
                    routes + " routes: served, ms",
                    subjects,
                    s -> figures.text(s.name(), "served " + routes, "%.0f"));
            row(
                    rows,
                    routes + " routes: resident, MiB",
                    subjects,
                    s -> figures.text(s.name(), "resident " + routes, "%.1f"));
        }
        row(rows, "2,000 routes, idle: CPU, ms a minute", subjects, s -> figures.text(s.name(), "idle", "%.0f"));
        row(rows, "load: resident, MiB", subjects, s -> figures.text(s.name(), "resident load", "%.1f"));
        if (load.compareTo(ENOUGH_FOR_A_SLOPE) >= 0) {
            row(rows, "load: slope, MiB/h", subjects, s -> figures.text(s.name(), "slope", "%.1f"));
        }
        row(rows, "load: requests/s", subjects, s -> figures.text(s.name(), "load rate", "%.0f"));
        row(rows, "load: failed", subjects, s -> figures.text(s.name(), "load failed", "%.0f"));
        row(rows, "TLS bulk, MiB per CPU-second", subjects, s -> figures.text(s.name(), "bulk", "%.0f"));
        row(
                rows,
                "TLS bulk, of nginx",
                subjects,
                s -> "%.2f".formatted(figures.median(s.name(), "bulk") / figures.median("nginx", "bulk")));
        return rows.toString();
    }

    private static void row(StringBuilder rows, String title, List<Subject> subjects, Function<Subject, String> cell) {
        rows.append(subjects.stream().map(cell).collect(Collectors.joining(" | ", "| " + title + " | ", " |\n")));
    }

    private static String image() throws IOException {
        if (!Files.isDirectory(IMAGE)) {
            return "SKIPPED the size of the image: `make image-root` makes its files.";
        }
        var counted = new CountingStream();
        try (var gzip = new GZIPOutputStream(counted);
                var files = Files.walk(IMAGE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, gzip);
            }
        }
        return "The files of the image: %.1f MB, gzip %.1f MB."
                .formatted(size(IMAGE) / MEGABYTE, counted.count / MEGABYTE);
    }

    private static long size(Path path) {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class CountingStream extends java.io.OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
