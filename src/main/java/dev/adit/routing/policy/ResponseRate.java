package dev.adit.routing.policy;

/**
 * The body of a response is sent no faster than that.
 *
 * @param bytesPerSecond at least 1
 * @param after how many bytes are sent before, as fast as the client takes them
 */
public record ResponseRate(long bytesPerSecond, long after) implements Policy {}
