package dev.adit.routing.policy;

import java.util.List;

/**
 * Requests of some programs, and those that come from some pages, are answered 403.
 *
 * @param agents what the field User-Agent says: a text, or a regular expression for a part of it behind {@code ~}, or behind
 *     {@code ~*} where case does not matter
 * @param referers what the field Referer says, likewise
 */
public record BlockedRequests(List<String> agents, List<String> referers) implements Policy {
    public BlockedRequests {
        agents = List.copyOf(agents);
        referers = List.copyOf(referers);
    }
}
