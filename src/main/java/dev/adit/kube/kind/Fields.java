package dev.adit.kube.kind;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.KubeObject;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.api.LoadBalancer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the kinds have in common where they are read, in which anything may be missing, and where they are written. */
final class Fields {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Fields() {}

    static ObjectKey key(HasMetadata object) {
        var meta = object.getMetadata();
        return new ObjectKey(meta.getNamespace() == null ? "default" : meta.getNamespace(), text(meta.getName()));
    }

    static long generation(ObjectMeta meta) {
        return meta.getGeneration() == null ? 0 : meta.getGeneration();
    }

    /** {@link Instant#EPOCH} where there is none that can be read. */
    static Instant createdAt(ObjectMeta meta) {
        try {
            var timestamp = meta.getCreationTimestamp();
            return timestamp == null ? Instant.EPOCH : Instant.parse(timestamp);
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    /** Writes both where there is something to write. */
    static void written(ObjectNode json, long generation, Instant createdAt) {
        if (generation != 0) {
            meta(json).put("generation", generation);
        }
        if (!createdAt.equals(Instant.EPOCH)) {
            meta(json).put("creationTimestamp", createdAt.toString());
        }
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }

    static Map<String, String> map(@Nullable Map<String, String> values) {
        return values == null ? Map.of() : values;
    }

    static List<LoadBalancerAddress> addresses(LoadBalancer.@Nullable Status status) {
        return status == null || status.loadBalancer() == null
                ? List.of()
                : list(status.loadBalancer().ingress()).stream()
                        .map(i -> new LoadBalancerAddress(text(i.ip()), text(i.hostname())))
                        .sorted()
                        .toList();
    }

    /** What every object begins with. */
    static ObjectNode object(KubeObject object, String uid) {
        var json = JSON.objectNode()
                .put("apiVersion", object.kind().apiVersion())
                .put("kind", object.kind().name());
        var meta = json.putObject("metadata").put("name", object.key().name());
        optional(meta, "namespace", object.key().namespace());
        optional(meta, "uid", uid);
        return json;
    }

    static void optional(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    static void addresses(ObjectNode json, List<LoadBalancerAddress> addresses) {
        if (!addresses.isEmpty()) {
            var ingress = json.putObject("status").putObject("loadBalancer").putArray("ingress");
            for (var address : addresses) {
                var entry = ingress.addObject();
                optional(entry, "ip", address.ip());
                optional(entry, "hostname", address.hostname());
            }
        }
    }

    static ObjectNode meta(ObjectNode json) {
        return (ObjectNode) json.get("metadata");
    }
}
