package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.control.ControlState;
import dev.adit.control.ControlView;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.statistics.RouteKey;
import dev.adit.observe.statistics.Statistics;
import dev.adit.observe.statistics.Window;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/routes}: routes with their signals, their Services and where they were written. */
final class RoutesResource {
    private static final int MOST_ENDPOINTS = 20;

    private record Rows(RoutingTable table, List<RouteRow> rows) {}

    private final ControlView control;
    private final Statistics statistics;
    private final TrafficMeters traffic;
    // Ten thousand routes are not written again for each request while they are the same.
    private volatile @Nullable Rows known;

    RoutesResource(ControlView control, Statistics statistics, TrafficMeters traffic) {
        this.control = control;
        this.statistics = statistics;
        this.traffic = traffic;
    }

    ObjectNode get(Query query) {
        var state = control.state();
        var all = rows(state.generation().table());
        var words = query.words();
        var found = all.stream()
                .filter(row -> words.stream().allMatch(row.searched()::contains))
                .toList();
        var sorted = Sorting.sorted(
                found,
                query,
                "host",
                RouteRow::key,
                statistics.activeRoutes(),
                key -> statistics.of(key, Window.MINUTE));
        var json = query.list(all.size(), found.size());
        var items = json.putArray("items");
        var ejected = traffic.proxy().ejected();
        query.page(sorted).forEach(row -> add(items, row, state, ejected));
        json.put("statistics", statistics.isRunning());
        json.set("unmatched", SignalsJson.of(window -> statistics.of(RouteKey.NONE, window)));
        json.set("others", SignalsJson.of(window -> statistics.of(RouteKey.OTHERS, window)));
        return json;
    }

    private List<RouteRow> rows(RoutingTable table) {
        var last = known;
        if (last == null || isOther(last.table, table)) {
            last = new Rows(table, RouteRow.of(table));
            known = last;
        }
        return last.rows;
    }

    @SuppressWarnings("ReferenceEquality") // a table does not change
    private static boolean isOther(RoutingTable one, RoutingTable other) {
        return one != other;
    }

    private void add(ArrayNode items, RouteRow row, ControlState state, Set<Endpoint> ejected) {
        var origin = row.origin();
        var item = items.addObject()
                .put("host", row.key().host())
                .put("match", row.key().match())
                .put("action", row.text());
        if (row.port() != 0) {
            item.put("port", row.port());
        }
        item.putObject("rule")
                .put("kind", origin.kind())
                .put("namespace", origin.namespace())
                .put("name", origin.name())
                .put("field", origin.field());
        services(item.putArray("services"), row.action(), state, ejected);
        if (statistics.isRunning()) {
            item.set("signals", SignalsJson.of(window -> statistics.of(row.key(), window)));
        }
    }

    private void services(ArrayNode json, Route.Action action, ControlState state, Set<Endpoint> ejected) {
        switch (action) {
            case Route.Action.Forward(var upstream, var _) -> service(json.addObject(), upstream, state, ejected);
            case Route.Action.Split split ->
                split.shares().forEach(share -> {
                    if (share.action() instanceof Route.Action.Forward(var upstream, var _)) {
                        service(json.addObject().put("weight", share.weight()), upstream, state, ejected);
                    }
                });
            case Route.Action.Answer _ -> {}
        }
    }

    private static void service(ObjectNode json, UpstreamId upstream, ControlState state, Set<Endpoint> ejected) {
        var endpoints = state.generation().endpoints().endpoints().get(upstream);
        var all = endpoints == null ? List.<Endpoint>of() : endpoints;
        json.put("service", upstream.toString()).put("ready", all.size());
        var shown = json.putArray("endpoints");
        all.stream()
                .limit(MOST_ENDPOINTS)
                .forEach(endpoint -> EndpointsResource.put(shown.addObject(), endpoint, ejected));
    }
}
