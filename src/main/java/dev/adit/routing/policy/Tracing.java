package dev.adit.routing.policy;

/**
 * How requests are traced, where any are.
 *
 * @param isOn whether they are
 * @param trustsClients whether a request belongs to the trace that its client names, and else begins one
 */
public record Tracing(boolean isOn, boolean trustsClients) implements Policy {}
