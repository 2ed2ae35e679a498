package dev.adit.routing.policy;

import java.util.List;

/**
 * Nothing is written to the access log.
 *
 * @param targets of which requests, as clients send them; empty for all
 */
public record Unlogged(List<String> targets) implements Policy {
    /** No request has a line. */
    public static final Unlogged ALL = new Unlogged(List.of());
}
