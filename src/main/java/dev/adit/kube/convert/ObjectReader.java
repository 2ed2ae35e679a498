package dev.adit.kube.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.kube.KubeObject;
import dev.adit.kube.api.ConfigMapObject;
import dev.adit.kube.api.EndpointSliceObject;
import dev.adit.kube.api.IngressClassObject;
import dev.adit.kube.api.IngressObject;
import dev.adit.kube.api.SecretObject;
import dev.adit.kube.api.ServiceObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** Reads objects as the Kubernetes API writes them, one by one. */
public final class ObjectReader {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Ingress", IngressObject.class,
            "IngressClass", IngressClassObject.class,
            "Service", ServiceObject.class,
            "EndpointSlice", EndpointSliceObject.class,
            "Secret", SecretObject.class,
            "ConfigMap", ConfigMapObject.class);

    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is of a kind that has no part in routing
     */
    public Optional<KubeObject> read(JsonNode json) throws JsonProcessingException {
        var kind = json.path("kind").asText();
        var type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("an object of kind '" + kind + "'");
        }
        return Conversions.convert(mapper.treeToValue(json, type));
    }
}
