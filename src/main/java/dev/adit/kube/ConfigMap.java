package dev.adit.kube;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A v1 ConfigMap, of which those are read that hold settings, or that another object names.
 *
 * @param authorities its ca.crt, by which the certificates of others are judged
 */
public record ConfigMap(
        ObjectKey key, String uid, Map<String, String> entries, Secret.Authorities authorities, boolean isRead)
        implements KubeObject {
    public static final Kind<ConfigMap> KIND = Kind.of("v1", "ConfigMap", "configmaps", ConfigMap.class);

    public ConfigMap {
        // Not Map.copyOf: names of equal hashes, which anybody can choose, would be looked through one by one.
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /** One that has been read, and holds no authorities. */
    public ConfigMap(ObjectKey key, String uid, Map<String, String> entries) {
        this(key, uid, entries, new Secret.Authorities.None(), true);
    }

    /** One that is being asked for. */
    public static ConfigMap unread(ObjectKey key) {
        return new ConfigMap(key, "", Map.of(), new Secret.Authorities.Unread(), false);
    }

    @Override
    public Kind<ConfigMap> kind() {
        return KIND;
    }
}
