package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.observe.statistics.RecentRequest;
import dev.adit.observe.statistics.Signals;
import dev.adit.observe.statistics.TrendPoint;
import dev.adit.observe.statistics.Window;
import dev.adit.text.Hyphens;
import java.util.List;
import java.util.function.Function;

/** Golden signals as JSON. Times are milliseconds, rates are per second. */
final class SignalsJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double THOUSAND = 1_000;

    private SignalsJson() {}

    /** All windows. */
    static ObjectNode of(Function<Window, Signals> signals) {
        var json = JSON.objectNode();
        for (var window : Window.values()) {
            json.set(name(window), of(signals.apply(window)));
        }
        return json;
    }

    private static String name(Window window) {
        return switch (window) {
            case MINUTE -> "1m";
            case TEN_MINUTES -> "10m";
            case HOUR -> "1h";
        };
    }

    private static ObjectNode of(Signals signals) {
        return JSON.objectNode()
                .put("seconds", rounded(signals.seconds()))
                .put("requests", signals.requests())
                .put("rate", rounded(signals.rate()))
                .put("clientErrors", signals.clientErrors())
                .put("serverErrors", signals.serverErrors())
                .put("errorShare", signals.errorShare())
                .put("clientsGone", signals.clientsGone())
                .put("p50", millis(signals.p50()))
                .put("p90", millis(signals.p90()))
                .put("p99", millis(signals.p99()));
    }

    static double millis(long nanos) {
        return rounded(nanos / NANOS_PER_MILLI);
    }

    private static double rounded(double number) {
        return Math.round(number * THOUSAND) / THOUSAND;
    }

    /** Columns are smaller than objects, and what charts take. */
    static ObjectNode trend(List<TrendPoint> points) {
        var json = JSON.objectNode();
        var at = json.putArray("at");
        var rate = json.putArray("rate");
        var clientErrors = json.putArray("clientErrors");
        var serverErrors = json.putArray("serverErrors");
        var p50 = json.putArray("p50");
        var p90 = json.putArray("p90");
        var p99 = json.putArray("p99");
        for (var point : points) {
            var signals = point.signals();
            at.add(point.at().getEpochSecond());
            rate.add(rounded(signals.rate()));
            clientErrors.add(perSecond(signals.clientErrors(), signals));
            serverErrors.add(perSecond(signals.serverErrors(), signals));
            p50.add(millis(signals.p50()));
            p90.add(millis(signals.p90()));
            p99.add(millis(signals.p99()));
        }
        return json;
    }

    private static double perSecond(long count, Signals signals) {
        return signals.seconds() <= 0 ? 0 : rounded(count / signals.seconds());
    }

    static ArrayNode requests(List<RecentRequest> requests) {
        var json = JSON.arrayNode();
        for (var request : requests) {
            json.addObject()
                    .put("at", request.at().toString())
                    .put("method", request.method())
                    .put("host", request.host())
                    .put("path", request.path())
                    .put("status", request.status())
                    .put("end", Hyphens.of(request.end()))
                    .put("reason", request.reason())
                    .put("rule", request.rule())
                    .put("service", request.service())
                    .put("endpoint", request.endpoint())
                    .put("attempts", request.attempts())
                    .put("duration", millis(request.nanos()));
        }
        return json;
    }
}
