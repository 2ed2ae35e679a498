package dev.adit.config;

import dev.adit.observe.log.AccessLogOptions;
import dev.adit.observe.series.RouteMetrics;
import dev.adit.observe.trace.TraceOptions;
import java.util.Optional;

/**
 * What is kept of requests.
 *
 * @param accessLog the lines that are written; none where it is empty
 * @param metrics by which names the requests of each route are counted
 * @param traces where spans go; nothing is traced where it is empty
 * @param statistics whether the page and {@code adit top} have rates and latencies
 */
public record ObservationOptions(
        Optional<AccessLogOptions> accessLog,
        RouteMetrics metrics,
        Optional<TraceOptions> traces,
        boolean statistics) {}
