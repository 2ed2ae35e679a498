package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.control.ControlView;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.statistics.EndpointKey;
import dev.adit.observe.statistics.Statistics;
import java.util.ArrayList;
import java.util.Comparator;

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
                .filter(key -> Query.has(key.upstream() + " " + key.endpoint(), words))
                .toList();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("total", all.size())
                .put("found", found.size())
                .put("offset", query.offset());
        var items = json.putArray("items");
        var ejected = traffic.proxy().ejected();
        for (var key : query.page(found)) {
            var item = items.addObject()
                    .put("service", key.upstream().toString())
                    .put("address", key.endpoint().toString())
                    .put("state", ejected.contains(key.endpoint()) ? "ejected" : "ready");
            if (statistics.isRunning()) {
                item.set("signals", SignalsJson.of(window -> statistics.of(key, window)));
            }
        }
        return json;
    }
}
