package dev.adit.routing.policy;

/**
 * A request whose body is larger is answered with 413: at once where its length is known, else as soon as more has come.
 *
 * @param bytes the largest body
 */
public record BodyLimit(long bytes) implements Policy {}
