package dev.adit.observe.statistics;

/** A span of time up to now. */
public enum Window {
    MINUTE,
    TEN_MINUTES,
    HOUR
}
