/** Traces of requests, by OpenTelemetry: one SERVER span a request and one CLIENT span an attempt. */
@NullMarked
package dev.adit.observe.trace;

import org.jspecify.annotations.NullMarked;
