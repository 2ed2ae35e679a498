package dev.adit.observe.statistics;

import java.time.Instant;

/**
 * All requests of two seconds.
 *
 * @param at the end of these
 */
public record TrendPoint(Instant at, Signals signals) {}
