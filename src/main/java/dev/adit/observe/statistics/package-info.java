/**
 * Rates, errors and latencies of the last minute, ten minutes and hour, for people who have no Prometheus. Each event loop
 * counts for itself; one thread turns these counts into windows of time.
 */
@NullMarked
package dev.adit.observe.statistics;

import org.jspecify.annotations.NullMarked;
