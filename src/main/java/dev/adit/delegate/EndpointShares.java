package dev.adit.delegate;

import dev.adit.overload.FairShares;
import dev.adit.overload.SharedCapacity;
import dev.adit.routing.upstream.Endpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The exchanges of one event loop by Vert.x's clients: their shares of each endpoint, and their time limits. */
final class EndpointShares {
    // Longer than Vert.x keeps a connection that is not used, whose limit is not said again.
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final SharedCapacity capacity;
    private final Map<Endpoint, Kept> endpoints = new HashMap<>();
    private final Set<Exchange> running = new HashSet<>();

    private record Kept(FairShares shares, long usedAt) {}

    EndpointShares(SharedCapacity capacity) {
        this.capacity = capacity;
    }

    FairShares of(Endpoint endpoint) {
        return endpoints
                .computeIfAbsent(endpoint, _ -> new Kept(capacity.endpoint(), System.nanoTime()))
                .shares();
    }

    /** A connection of HTTP/2 says how many exchanges it can carry; more would wait unfairly, in Vert.x's pool. */
    void connected(Endpoint endpoint, long exchanges) {
        of(endpoint).limit(exchanges);
    }

    void begin(Exchange exchange) {
        running.add(exchange);
    }

    void end(Exchange exchange) {
        running.remove(exchange);
    }

    /** Ends what takes too long. */
    void sweep(long now, long longestWait) {
        List.copyOf(running).forEach(exchange -> exchange.sweep(now));
        List.copyOf(endpoints.values()).forEach(kept -> kept.shares().expire(now - longestWait));
        endpoints.replaceAll((_, kept) -> kept.shares().isUnused() ? kept : new Kept(kept.shares(), now));
        endpoints.values().removeIf(kept -> now - kept.usedAt() > KEPT_NANOS);
    }
}
