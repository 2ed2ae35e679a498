package dev.adit.bench.cost;

import dev.adit.bench.Figures;
import dev.adit.bench.Subject;
import dev.adit.testbed.Adit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of {@code docs/benchmarks.md}. */
final class BenchPage {
    private static final String PEER = "nginx";
    private static final String WORDS = "## What the figures say";

    private BenchPage() {}

    static void write(List<Subject> subjects, List<Scenario> scenarios, Figures figures, int rounds)
            throws IOException {
        var rows = new StringBuilder("| |");
        subjects.forEach(subject -> rows.append(' ').append(subject.name()).append(" |"));
        rows.append("\n|---|").append("---|".repeat(subjects.size())).append('\n');
        for (var scenario : scenarios) {
            var title = scenario.title();
            row(rows, title + ": CPU µs per request", subjects, s -> figures.text(s.name(), title, "%.1f"));
            row(rows, title + ": of nginx's", subjects, s -> figures.ratio(s.name(), PEER, title));
            row(rows, title + ": requests/s", subjects, s -> figures.text(s.name(), "rate " + title, "%.0f"));
            row(
                    rows,
                    title + ": allocated, bytes per request",
                    subjects,
                    s -> figures.text(s.name(), "allocated " + title, "%.0f"));
            row(rows, title + ": resident, MiB", subjects, s -> figures.text(s.name(), "resident " + title, "%.0f"));
        }
        for (var percentile : List.of("p50", "p99", "p99.9")) {
            var title = Scenario.STEADY.title() + ": " + percentile + ", ms";
            row(rows, title, subjects, s -> figures.text(s.name(), percentile, "%.2f"));
        }
        var page = """
                # Benchmarks

                Made by `make bench` (ROUNDS=%d) on %d processors: the proxy on one of them, an nginx as origin and h2load as client on
                the other, which bounds the rates; what counts is the processor time that the proxy's process takes for each request.
                Medians of interleaved rounds, with the lowest and the highest in brackets; *of nginx's* is the median of the ratios
                within a round. A request is a message in the rows of WebSocket, and a handshake in those of handshakes. The origin of
                gRPC is the interoperability server in Go, that of WebSocket a program in Java; only a JVM tells what it allocates.

                %s""".formatted(rounds, Runtime.getRuntime().availableProcessors(), rows);
        System.out.println(page);
        if (scenarios.equals(Scenario.ALL)) {
            var file = Adit.ROOT.resolve("docs/benchmarks.md");
            Files.writeString(file, page + words(file));
        }
    }

    /** What somebody has written below the table stays. */
    private static String words(Path file) throws IOException {
        var text = Files.exists(file) ? Files.readString(file) : "";
        var start = text.indexOf(WORDS);
        return start < 0 ? "" : "\n" + text.substring(start);
    }

    private static void row(StringBuilder rows, String title, List<Subject> subjects, Function<Subject, String> cell) {
        rows.append(subjects.stream().map(cell).collect(Collectors.joining(" | ", "| " + title + " | ", " |\n")));
    }
}
