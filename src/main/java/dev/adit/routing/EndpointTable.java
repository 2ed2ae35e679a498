package dev.adit.routing;

import java.util.List;
import java.util.Map;

/** The ready endpoints of each upstream, in a stable order; apart from the routes, since pods change far more often. */
public record EndpointTable(Map<UpstreamId, List<Endpoint>> endpoints) {
    public static final EndpointTable EMPTY = new EndpointTable(Map.of());

    public EndpointTable {
        endpoints = Map.copyOf(endpoints);
    }

    public List<Endpoint> of(UpstreamId upstream) {
        return endpoints.getOrDefault(upstream, List.of());
    }
}
