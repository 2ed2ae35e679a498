package dev.adit.kube;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A v1 ConfigMap, of which those are read that an IngressClass may name. */
public record ConfigMap(ObjectKey key, String uid, Map<String, String> entries) implements KubeObject {
    public static final Kind<ConfigMap> KIND = Kind.general("v1", "ConfigMap", "configmaps", ConfigMap.class);

    public ConfigMap {
        // Not Map.copyOf: names of equal hashes, which anybody can choose, would be looked through one by one.
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    @Override
    public Kind<ConfigMap> kind() {
        return KIND;
    }
}
