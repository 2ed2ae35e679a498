package dev.adit.observe.trace;

import java.net.URI;

/**
 * Where spans go, and of which requests.
 *
 * @param endpoint of a collector that takes OTLP over HTTP, without {@code /v1/traces}
 * @param ratio of the requests that belong to no trace yet, from 0 to 1
 */
public record TraceOptions(URI endpoint, double ratio) {}
