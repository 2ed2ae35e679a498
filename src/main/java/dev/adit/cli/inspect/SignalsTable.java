package dev.adit.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.adit.text.Visible;
import java.util.Locale;

/** Golden signals in columns, for terminals. */
final class SignalsTable {
    static final String HEAD = "%9s %8s %9s %9s %9s".formatted("REQ/S", "ERRORS", "P50", "P90", "P99");

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MANY = 100;
    private static final int PERCENT = 100;

    private SignalsTable() {}

    /** A line of the window. */
    static String line(JsonNode signals) {
        return "%9s %8s %9s %9s %9s"
                .formatted(
                        number(signals.path("rate").asDouble()),
                        percent(signals.path("errorShare").asDouble()),
                        millis(signals.path("p50").asDouble()),
                        millis(signals.path("p90").asDouble()),
                        millis(signals.path("p99").asDouble()));
    }

    /** What a route is, and where it was written. */
    static String route(JsonNode route) {
        var rule = route.path("rule");
        return Visible.of("%s %s -> %s  # %s%s/%s"
                .formatted(
                        route.path("host").asText(),
                        route.path("match").asText(),
                        route.path("action").asText(),
                        rule.path("kind").asText().equals("Ingress")
                                ? ""
                                : rule.path("kind").asText() + " ",
                        rule.path("namespace").asText(),
                        rule.path("name").asText()));
    }

    private static String number(double value) {
        return value >= MANY ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return share == 0 ? "0 %" : String.format(Locale.ROOT, "%.2f %%", share * PERCENT);
    }

    private static String millis(double millis) {
        if (millis == 0) {
            return "-";
        }
        return millis >= MILLIS_PER_SECOND
                ? String.format(Locale.ROOT, "%.2f s", millis / MILLIS_PER_SECOND)
                : String.format(Locale.ROOT, "%.1f ms", millis);
    }
}
