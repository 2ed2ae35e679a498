package dev.adit.kube;

import java.util.Map;

/** A v1 ConfigMap, of which those are read that an IngressClass may name. */
public record ConfigMap(ObjectKey key, String uid, Map<String, String> entries) implements KubeSnapshot.Item {
    public ConfigMap {
        entries = Map.copyOf(entries);
    }
}
