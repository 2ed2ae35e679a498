package dev.adit.observe.series;

import dev.adit.observe.Histogram;

/**
 * What all event loops have counted of the same requests. Each request has a duration and its sizes; only one that was forwarded has the others.
 *
 * @param durations from the head of the request to its end, in nanoseconds
 * @param upstreamDurations from the choice of the endpoint that answered to the end, in nanoseconds
 * @param headDurations from the choice of the endpoint to the head of its response, in nanoseconds
 * @param requestBytes with their heads
 * @param responseBytes without their heads
 */
public record Counts(
        Histogram.Sum durations,
        Histogram.Sum upstreamDurations,
        Histogram.Sum headDurations,
        Histogram.Sum requestBytes,
        Histogram.Sum responseBytes) {}
