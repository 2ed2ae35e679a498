package dev.adit.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.PortTable;
import dev.adit.routing.text.RoutingText;
import dev.adit.text.Lines;
import dev.adit.translate.Translation;
import java.util.List;
import java.util.function.UnaryOperator;

/** A whole table with its problems: for the management port and for {@code adit routes}. */
public final class TableText {
    private TableText() {}

    /** All of it. */
    public static Lines of(Translation translation) {
        var text = RoutingText.of(translation.table(), translation.endpoints());
        translation.problems().forEach(problem -> text.add("problem " + problem));
        return text;
    }

    public static ObjectNode json(Translation translation) {
        var json = JsonNodeFactory.instance.objectNode();
        var routes = json.putArray("routes");
        for (var host : translation.table().hostsByName()) {
            add(routes, host, entry -> entry);
        }
        translation
                .table()
                .portsByNumber()
                .forEach((port, ofPort) -> ofPort.hostsByName().forEach(host -> add(routes, host, on(port, ofPort))));
        var certificates = json.putArray("certificates");
        add(certificates, translation.table().certificatesByName(), entry -> entry);
        translation
                .table()
                .portsByNumber()
                .forEach((port, ofPort) -> add(certificates, ofPort.certificatesByName(), on(port, ofPort)));
        var upstreams = json.putObject("upstreams");
        translation.endpoints().endpoints().forEach((upstream, endpoints) -> {
            var addresses = upstreams.putArray(upstream.toString());
            endpoints.forEach(endpoint -> addresses.add(endpoint.toString()));
        });
        json.set("problems", ExplanationJson.problems(translation.problems()));
        return json;
    }

    private static UnaryOperator<ObjectNode> on(int port, PortTable table) {
        return entry -> entry.put("port", table.stated()).put("at", port);
    }

    private static void add(ArrayNode json, List<Certificate> certificates, UnaryOperator<ObjectNode> where) {
        for (var certificate : certificates) {
            var hosts = where.apply(json.addObject().put("secret", certificate.secret()))
                    .putArray("hosts");
            certificate.hosts().forEach(host -> hosts.add(host.text()));
        }
    }

    private static void add(ArrayNode routes, Host host, UnaryOperator<ObjectNode> where) {
        for (var route : host.routes()) {
            where.apply(routes.addObject().put("host", host.name().text()))
                    .put("match", RoutingText.match(route.match()))
                    .put("action", RoutingText.action(route))
                    .put("rule", route.origin().toString());
        }
    }
}
