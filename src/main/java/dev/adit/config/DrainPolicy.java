package dev.adit.config;

import java.time.Duration;

/**
 * How the process ends once it is told to.
 *
 * @param delay how long it goes on as before while it says that it is not ready, so that nobody sends to it any more
 * @param limit how long after that its exchanges and tunnels may take to end
 */
public record DrainPolicy(Duration delay, Duration limit) {}
