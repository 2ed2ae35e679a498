package dev.adit.routing;

import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The one text form of routes and endpoints: goldens, the management port and the docs all show it. */
public final class RoutingTableText {
    private RoutingTableText() {}

    public static String of(RoutingTable table, EndpointTable endpoints) {
        var text = new StringBuilder();
        for (var host : table.hostsByName()) {
            text.append("host ").append(host.name().text()).append('\n');
            host.routes().forEach(r -> route(text, match(r.path()), r));
            host.fallback().ifPresent(r -> route(text, "otherwise", r));
        }
        table.fallback().ifPresent(r -> {
            text.append("no host or path\n");
            route(text, "otherwise", r);
        });
        for (var certificate : table.certificatesByName()) {
            var names = certificate.hosts().stream().map(Hostname::text).collect(Collectors.joining(", "));
            text.append("certificate ").append(certificate.secret()).append(" for ");
            text.append(names).append('\n');
        }
        table.passthrough()
                .entries()
                .sorted(Comparator.comparing(e -> e.getKey().text()))
                .forEach(e -> text.append("TLS for ")
                        .append(e.getKey().text())
                        .append(" passes to ")
                        .append(e.getValue().upstream())
                        .append('\n'));
        endpoints
                .endpoints()
                .entries()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> text.append("upstream ")
                        .append(e.getKey())
                        .append(" = ")
                        .append(e.getValue().isEmpty() ? "no ready endpoint" : join(e.getValue()))
                        .append('\n'));
        return text.toString();
    }

    private static void route(StringBuilder text, String match, Route route) {
        text.append("  ").append(match).append(" -> ").append(action(route));
        text.append("   # ").append(route.origin()).append('\n');
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
