package dev.adit.http;

import java.time.Duration;

/**
 * What one client may take.
 *
 * @param targetBytes of the request line
 * @param fieldBytes of all header fields together
 * @param fields how many there may be
 * @param head from the first byte of a request until its head is whole
 * @param idle between two requests, and before the first one
 * @param stall how long a body may not move, while the proxy waits for the client to send or to read
 * @param connections of one listener process in all
 */
public record Limits(
        int targetBytes, int fieldBytes, int fields, Duration head, Duration idle, Duration stall, int connections) {
    public static final Limits DEFAULT = new Limits(
            16_384, 32_768, 100, Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(60), 50_000);

    /** A body that crawls has stalled: below this many bytes a second, over the time that a stall may last. */
    public static final int BYTES_PER_SECOND = 16;
}
