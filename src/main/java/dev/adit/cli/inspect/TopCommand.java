package dev.adit.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.adit.cli.options.TimeConverter;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.source.SourceException;
import dev.adit.text.Hyphens;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code adit top}. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description =
                "Show the busiest routes of the Adit on this machine, with rates, errors and latencies of the last"
                        + " minute; again and again in a terminal, once elsewhere.")
public final class TopCommand extends InstanceCommand {
    static final String OFF = "that Adit counts nothing by route: it runs with --statistics=off";

    private static final String CLEAR = "\033[H\033[2J";
    private static final int DEFAULT_WIDTH = 160;
    private static final int MOST_ROUTES = 500;

    enum Order {
        REQUESTS,
        ERRORS,
        P99
    }

    @Option(
            names = "--sort",
            paramLabel = "BY",
            defaultValue = "requests",
            description = "requests, errors or p99 [default: requests]")
    private Order order = Order.REQUESTS;

    @Option(
            names = {"-n", "--routes"},
            paramLabel = "COUNT",
            defaultValue = "20",
            description = "How many routes are shown, at most 500 [default: 20]")
    private int routes;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = TimeConverter.class,
            description = "How long to wait until it is shown again [default: 2s]")
    private Duration every = Duration.ZERO;

    @Option(names = "--once", description = "Show it once, in a terminal too")
    private boolean once;

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        if (routes < 1 || routes > MOST_ROUTES) {
            throw new SourceException("--routes: " + routes + "; use a number from 1 to " + MOST_ROUTES);
        }
        var isLive = !once && isTerminal();
        do {
            var shown = shown();
            out.print(isLive ? CLEAR + shown : shown);
            out.flush();
        } while (isLive && isAgain());
        return 0;
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private boolean isAgain() {
        try {
            Thread.sleep(every);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String shown() {
        var overview = instance().json("overview");
        if (!overview.path("statistics").asBoolean()) {
            throw new SourceException(OFF);
        }
        var list = instance().json("routes?limit=%d&sort=%s".formatted(routes, Hyphens.of(order)));
        var text = new StringBuilder(head(overview));
        text.append('\n').append(SignalsTable.HEAD).append("  ROUTE\n");
        for (var route : list.path("items")) {
            var minute = route.path("signals").path("1m");
            if (minute.path("requests").asLong() > 0) {
                text.append(cut(SignalsTable.line(minute) + "  " + SignalsTable.route(route)))
                        .append('\n');
            }
        }
        var unmatched = list.path("unmatched").path("1m");
        if (unmatched.path("requests").asLong() > 0) {
            text.append(SignalsTable.line(unmatched)).append("  no route\n");
        }
        return text.toString();
    }

    private static String head(JsonNode overview) {
        var text = new StringBuilder("adit %s, generation %d, %d routes, %d problems, %d connections\n\n"
                .formatted(
                        overview.path("version").asText(),
                        overview.path("generation").asLong(),
                        overview.path("counts").path("routes").asLong(),
                        overview.path("problems").path("errors").asLong()
                                + overview.path("problems").path("warnings").asLong(),
                        overview.path("connections").path("open").asLong()));
        text.append(SignalsTable.HEAD).append("  ALL REQUESTS\n");
        for (var window : overview.path("signals").properties()) {
            text.append(SignalsTable.line(window.getValue()))
                    .append("  ")
                    .append(window.getKey())
                    .append('\n');
        }
        return text.toString();
    }

    private static String cut(String line) {
        var columns = Optional.ofNullable(System.getenv("COLUMNS")).filter(text -> text.matches("[0-9]{2,4}"));
        var width = columns.map(Integer::parseInt).orElse(DEFAULT_WIDTH);
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }
}
