package dev.adit.exchange;

import java.time.Duration;

/**
 * How long to wait for an endpoint.
 *
 * @param connect until the connection stands
 * @param response from the end of the request until the head of the response
 * @param keepAlive until an unused connection is closed; shorter than most servers' own limit, which avoids the race
 */
public record UpstreamTimeouts(Duration connect, Duration response, Duration keepAlive) {
    public static final UpstreamTimeouts DEFAULT =
            new UpstreamTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(30));
}
