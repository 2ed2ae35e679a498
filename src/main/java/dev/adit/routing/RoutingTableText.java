package dev.adit.routing;

import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.text.Lines;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The one text form of routes and endpoints: goldens, the management port and the docs all show it. */
public final class RoutingTableText {
    private RoutingTableText() {}

    /** All of them. */
    public static Lines of(RoutingTable table, EndpointTable endpoints) {
        var text = new Lines();
        for (var host : table.hostsByName()) {
            text.add("host " + host.name().text());
            host.routes().forEach(r -> text.add(route(match(r.path()), r)));
            host.fallback().ifPresent(r -> text.add(route("otherwise", r)));
        }
        table.fallback().ifPresent(r -> {
            text.add("no host or path");
            text.add(route("otherwise", r));
        });
        for (var certificate : table.certificatesByName()) {
            var names = certificate.hosts().stream().map(Hostname::text).collect(Collectors.joining(", "));
            text.add("certificate " + certificate.secret() + " for " + names);
        }
        table.passthrough()
                .entries()
                .sorted(Comparator.comparing(e -> e.getKey().text()))
                .forEach(e -> text.add("TLS for " + e.getKey().text() + " passes to "
                        + e.getValue().upstream()));
        endpoints
                .endpoints()
                .entries()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> text.add("upstream " + e.getKey() + " = "
                        + (e.getValue().isEmpty() ? "no ready endpoint" : join(e.getValue()))));
        return text;
    }

    private static String route(String match, Route route) {
        return "  " + match + " -> " + action(route) + "   # " + route.origin();
    }

    /** What happens to its requests. */
    public static String action(Route route) {
        return switch (route.action()) {
            case Route.Action.Forward f -> f.upstream() + f.policy().toString() + route.transport();
            case Route.Action.Unavailable u -> "503 (" + u.reason() + ")";
        };
    }

    /** Which paths it matches. */
    public static String match(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact e -> "Exact " + e.path();
            case PathMatch.Prefix p -> "Prefix " + p.path();
        };
    }

    private static String join(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(" "));
    }
}
