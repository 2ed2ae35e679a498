package dev.adit.kube.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.kube.KubeObject;
import java.util.Optional;

/** Reads objects as the Kubernetes API writes them, one by one. */
public final class ObjectReader {
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is of a kind that has no part in routing
     */
    public Optional<KubeObject> read(JsonNode json) throws JsonProcessingException {
        var kind = json.path("kind").asText();
        var served = ServedKinds.named(kind)
                .orElseThrow(() -> new IllegalArgumentException("an object of kind '" + kind + "'"));
        return served.read(mapper.treeToValue(json, served.wire()));
    }
}
