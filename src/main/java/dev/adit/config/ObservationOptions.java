package dev.adit.config;

import dev.adit.observe.log.AccessLogOptions;
import dev.adit.observe.series.RouteMetrics;
import java.util.Optional;

/**
 * What is kept of requests.
 *
 * @param accessLog the lines that are written; none where it is empty
 * @param metrics by which names the requests of each route are counted
 * @param statistics whether the page and {@code adit top} have rates and latencies
 */
public record ObservationOptions(Optional<AccessLogOptions> accessLog, RouteMetrics metrics, boolean statistics) {}
