package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.control.ChangeLog;
import dev.adit.control.ControlView;
import dev.adit.explain.ExplanationJson;
import dev.adit.explain.ServedCertificate;
import dev.adit.kube.Condition;
import dev.adit.kube.Status;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/** What the control plane knows: {@code /problems}, {@code /certificates}, {@code /gateways} and {@code /changes}. */
final class ControlResources {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ControlView control;
    private final ChangeLog log;
    private final Clock clock;

    ControlResources(ControlView control, ChangeLog log, Clock clock) {
        this.control = control;
        this.log = log;
        this.clock = clock;
    }

    ObjectNode problems(Query query) {
        var all = control.state().translation().problems();
        var words = query.words();
        var found = all.stream()
                .filter(problem -> Query.has(problem.toString(), words))
                .toList();
        var json = query.list(all.size(), found.size());
        json.set("items", ExplanationJson.problems(query.page(found)));
        return json;
    }

    ObjectNode certificates() {
        return ServedCertificate.json(control.state().generation().table(), clock.instant());
    }

    ObjectNode changes() {
        var json = JSON.objectNode();
        var items = json.putArray("items");
        log.changes()
                .forEach(change -> items.addObject()
                        .put("at", change.at().toString())
                        .put("generation", change.generation())
                        .put("ingresses", change.ingresses())
                        .put("hosts", change.hosts())
                        .put("certificates", change.certificates())
                        .put("problems", change.problems()));
        return json;
    }

    /** Gateways and ListenerSets, with the state of their listeners as their status says it. */
    ObjectNode gateways() {
        var json = JSON.objectNode();
        var items = json.putArray("items");
        control.state().translation().statuses().values().stream()
                .sorted(Comparator.comparing((Status status) -> status.object().toString()))
                .forEach(status -> {
                    switch (status) {
                        case Status.OfGateway gateway ->
                            gateway(items, gateway, gateway.conditions(), gateway.listeners());
                        case Status.OfListenerSet set -> gateway(items, set, set.conditions(), set.listeners());
                        case Status.Addresses _, Status.OfRoute _, Status.OfPolicy _, Status.OfClass _ -> {}
                    }
                });
        return json;
    }

    private static void gateway(
            ArrayNode items, Status status, List<Condition> conditions, List<Status.OfListener> listeners) {
        var item = items.addObject()
                .put("kind", status.object().kind().name())
                .put("object", status.object().key().toString());
        conditions(item, conditions);
        var ofListeners = item.putArray("listeners");
        for (var listener : listeners) {
            conditions(
                    ofListeners.addObject().put("name", listener.name()).put("attachedRoutes", listener.attached()),
                    listener.conditions());
        }
    }

    private static void conditions(ObjectNode json, List<Condition> conditions) {
        var array = json.putArray("conditions");
        conditions.forEach(condition -> array.addObject()
                .put("type", condition.type())
                .put("status", condition.holds() ? "True" : "False")
                .put("reason", condition.reason())
                .put("message", condition.message()));
    }
}
