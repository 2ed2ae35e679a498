package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.control.ControlView;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.statistics.EndpointKey;
import dev.adit.observe.statistics.Statistics;
import dev.adit.observe.statistics.Window;
import dev.adit.routing.upstream.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Function;

/** {@code /api/v1/endpoints}: the endpoints of all Services that routes lead to, with their signals. */
final class EndpointsResource {
    private static final Comparator<EndpointKey> ORDER =
            Comparator.comparing(EndpointKey::upstream).thenComparing(EndpointKey::endpoint);

    private final ControlView control;
    private final Statistics statistics;
    private final TrafficMeters traffic;

    EndpointsResource(ControlView control, Statistics statistics, TrafficMeters traffic) {
        this.control = control;
        this.statistics = statistics;
        this.traffic = traffic;
    }

    ObjectNode get(Query query) {
        var all = new ArrayList<EndpointKey>();
        control.state()
                .generation()
                .endpoints()
                .endpoints()
                .forEach((upstream, endpoints) ->
                        endpoints.forEach(endpoint -> all.add(new EndpointKey(upstream, endpoint))));
        all.sort(ORDER);
        var words = query.words();
        var found = all.stream()
                .filter(key -> Query.has(
                        key.upstream() + " " + key.endpoint() + " "
                                + key.endpoint().pod(),
                        words))
                .toList();
        var sorted = Sorting.sorted(
                found,
                query,
                "service",
                Function.identity(),
                statistics.activeEndpoints(),
                key -> statistics.of(key, Window.MINUTE));
        var json = query.list(all.size(), found.size());
        var items = json.putArray("items");
        var ejected = traffic.proxy().ejected();
        for (var key : query.page(sorted)) {
            var item = items.addObject().put("service", key.upstream().toString());
            put(item, key.endpoint(), ejected);
            if (statistics.isRunning()) {
                item.set("signals", SignalsJson.of(window -> statistics.of(key, window)));
            }
        }
        return json;
    }

    /** Where it is, and whether it is asked. */
    static void put(ObjectNode json, Endpoint endpoint, Set<Endpoint> ejected) {
        json.put("address", endpoint.toString()).put("state", ejected.contains(endpoint) ? "ejected" : "ready");
        if (!endpoint.pod().isEmpty()) {
            json.put("pod", endpoint.pod());
        }
    }
}
