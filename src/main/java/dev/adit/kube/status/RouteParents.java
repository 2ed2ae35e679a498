package dev.adit.kube.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Condition;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.HttpRoute.ParentRef;
import dev.adit.kube.Status;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status.parents} of a route is to be, or {@code status.ancestors} of a policy: the entries of other controllers stay as they are, and so do conditions in ours
 * of which we say nothing.
 */
record RouteParents(Status.Shared wanted, Clock clock) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Over what the route shows now; empty where it shows just that. */
    Optional<ArrayNode> over(@Nullable JsonNode status) {
        var before = status == null ? JSON.arrayNode() : status.path(field());
        var parents = JSON.arrayNode();
        before.forEach(entry -> {
            if (!isOurs(entry)) {
                parents.add(entry);
            }
        });
        wanted.parents().stream()
                .limit(Math.max(0, most() - parents.size()))
                .forEach(parent -> parents.add(entry(parent, find(before, reference(parent.parent())))));
        return parents.equals(before) ? Optional.empty() : Optional.of(parents);
    }

    /** Where they are. */
    String field() {
        return isOfPolicy() ? "ancestors" : "parents";
    }

    /** "+kubebuilder:validation:MaxItems" of the list: the API server refuses a longer one. */
    private int most() {
        return isOfPolicy() ? 16 : 32;
    }

    private String reference() {
        return isOfPolicy() ? "ancestorRef" : "parentRef";
    }

    private boolean isOfPolicy() {
        return wanted instanceof Status.OfPolicy;
    }

    private static boolean isOurs(JsonNode entry) {
        return entry.path("controllerName").asText().equals(GatewayClass.CONTROLLER);
    }

    private JsonNode find(JsonNode parents, JsonNode reference) {
        return StreamSupport.stream(parents.spliterator(), false)
                .filter(entry -> isOurs(entry) && entry.path(reference()).equals(reference))
                .findFirst()
                .orElse(JSON.objectNode());
    }

    private JsonNode entry(Status.OfParent parent, JsonNode before) {
        var entry = JSON.objectNode();
        entry.set(reference(), reference(parent.parent()));
        entry.put("controllerName", GatewayClass.CONTROLLER);
        var conditions = entry.putArray("conditions");
        for (var condition : parent.conditions()) {
            conditions.add(condition(condition, condition(before, condition.type())));
        }
        before.path("conditions").forEach(other -> {
            if (!Condition.OF_ROUTES.contains(other.path("type").asText())) {
                conditions.add(other);
            }
        });
        return entry;
    }

    private static JsonNode condition(JsonNode entry, String type) {
        return StreamSupport.stream(entry.path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElse(JSON.objectNode());
    }

    private ObjectNode condition(Condition condition, JsonNode before) {
        var status = ConditionWriter.status(condition);
        var since = before.path("status").asText().equals(status)
                ? before.path("lastTransitionTime").asText()
                : ConditionWriter.now(clock);
        var json = JSON.objectNode();
        json.put("lastTransitionTime", since)
                .put("message", condition.message())
                .put("observedGeneration", Math.toIntExact(wanted.generation())) // as it is read
                .put("reason", condition.reason())
                .put("status", status)
                .put("type", condition.type());
        return json;
    }

    private static ObjectNode reference(ParentRef parent) {
        var json = JSON.objectNode()
                .put("group", parent.object().group())
                .put("kind", parent.object().kind())
                .put("name", parent.object().name());
        if (!parent.object().namespace().isEmpty()) {
            json.put("namespace", parent.object().namespace());
        }
        if (!parent.sectionName().isEmpty()) {
            json.put("sectionName", parent.sectionName());
        }
        parent.port().ifPresent(port -> json.put("port", port));
        return json;
    }
}
