package dev.adit.routing.text;

import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.PortTable;
import dev.adit.routing.PortUse;
import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.Route.Share;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.ValueMatch;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one text form of routes and endpoints: goldens, the management port and the docs show it, and
 * {@link RoutingReader} reads it.
 */
public final class RoutingText {
    static final String ARROW = " -> ";
    /** In place of a path. */
    static final String TUNNEL = "tunnel";

    /** Of what is in TLS that ends here. */
    static final String AFTER_TLS = " after TLS";

    static final String TLS = "TLS";
    static final String ORIGIN = "   # ";
    /** Around the policies of a share. */
    static final String OWN = " [";

    static final String OWN_END = "]";
    /** Behind a host of a Gateway. */
    private static final String ON_PORT = " on port ";

    private static final String AT = " at ";
    private static final String BY = " by ";
    private static final String FOR = " for ";
    private static final String WITHIN = " within ";
    /** Of what is named without one. */
    static final String NAMESPACE = "default";

    private RoutingText() {}

    /** All routes, certificates and endpoints. */
    public static Lines of(RoutingTable table, EndpointTable endpoints) {
        var text = new Lines();
        table.hostsByName().forEach(host -> write(text, host, ""));
        table.portsByNumber()
                .forEach((port, ofPort) -> ofPort.hostsByName().forEach(host -> write(text, host, on(port, ofPort))));
        write(text, table.certificatesByName(), "");
        table.portsByNumber().forEach((port, ofPort) -> write(text, ofPort.certificatesByName(), on(port, ofPort)));
        endpoints
                .endpoints()
                .entries()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> text.add("upstream " + e.getKey() + " = "
                        + (e.getValue().isEmpty() ? "no ready endpoint" : join(e.getValue()))));
        return text;
    }

    /** Which port of Gateways something is on, behind what it is. */
    public static String on(int port, PortTable table) {
        return ON_PORT + table.stated() + (RoutingTable.isShared(port) ? "" : AT + port + use(table.use()));
    }

    private static String use(PortUse use) {
        return (use.protocol() == PortUse.Protocol.HTTP ? "" : BY + protocol(use))
                + (use.owner().isEmpty() ? "" : FOR + use.owner());
    }

    private static String protocol(PortUse use) {
        return use.isSecure() ? TLS : use.protocol().name();
    }

    private static void write(Lines text, List<Certificate> certificates, String port) {
        for (var certificate : certificates) {
            var names = certificate.hosts().stream().map(Hostname::text).collect(Collectors.joining(", "));
            text.add("certificate " + certificate.secret() + " for " + names + port);
        }
    }

    private static void write(Lines text, Host host, String port) {
        var within = host.listener().equals(host.name())
                ? ""
                : WITHIN + host.listener().text();
        text.add("host " + host.name().text() + port + within + owner(host));
        host.tunnel().ifPresent(tunnel -> text.add("  " + tunnel(tunnel) + ORIGIN + tunnel.origin()));
        host.routes()
                .forEach(route ->
                        text.add("  " + match(route.match()) + ARROW + action(route) + ORIGIN + route.origin()));
    }

    /** Who decides what is one for the whole host, where that is not the namespace of the first route. */
    private static String owner(Host host) {
        return host.owner().equals(ownerOf(host.routes())) ? "" : " of " + host.owner();
    }

    static String ownerOf(List<Route> routes) {
        return routes.isEmpty() ? NAMESPACE : routes.getFirst().origin().namespace();
    }

    /** What happens to connections whose bytes pass. */
    public static String tunnel(Tunnel tunnel) {
        return TUNNEL + (tunnel.endsTls() ? AFTER_TLS : "") + ARROW + action(tunnel.action());
    }

    /** What happens to the requests of a route: the action, and then each policy. */
    public static String action(Route route) {
        var text = new StringBuilder(action(route.action()));
        for (Policy policy : route.policies()) {
            text.append(", ").append(PolicyText.write(policy));
        }
        return text.toString();
    }

    private static String share(Share share) {
        var own = share.policies().stream().map(PolicyText::write).collect(Collectors.joining(", "));
        return share.weight() + " of " + action(share.action()) + (own.isEmpty() ? "" : OWN + own + OWN_END);
    }

    private static String action(Action action) {
        return switch (action) {
            case Action.Forward(var upstream, var policy) -> upstream + policy.toString();
            case Action.Answer(var status, var reason) -> status + " (" + reason + ")";
            case Action.Split(var shares, var givesWay) ->
                shares.stream().map(RoutingText::share).collect(Collectors.joining(givesWay ? " || " : " | "));
        };
    }

    /** Which requests a route takes: the path, and then each condition. */
    public static String match(RouteMatch match) {
        var conditions = new ArrayList<String>();
        match.method().ifPresent(method -> conditions.add("method " + method));
        match.fields().forEach(field -> conditions.add("field " + value(field)));
        match.query().forEach(parameter -> conditions.add("query " + value(parameter)));
        match.cookies().forEach(cookie -> conditions.add("cookie " + value(cookie)));
        return path(match.path()) + (conditions.isEmpty() ? "" : " if " + String.join(" and ", conditions));
    }

    private static String path(PathMatch path) {
        return switch (path) {
            case PathMatch.Exact(var text) -> "Exact " + Words.quote(text);
            case PathMatch.Regex(var expression) -> "Regex " + Words.quote(expression.toString());
            case PathMatch.Prefix(var text) -> "Prefix " + Words.quote(text);
        };
    }

    private static String value(ValueMatch match) {
        return switch (match) {
            case ValueMatch.Equal(var name, var value) -> Words.quote(name) + " = " + Words.quote(value);
            case ValueMatch.Matching(var name, var expression) ->
                Words.quote(name) + " ~ " + Words.quote(expression.toString());
        };
    }

    private static String join(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(" "));
    }
}
