package dev.adit.kube.watch;

import dev.adit.kube.ObjectKey;
import java.util.Optional;

/**
 * Which objects are watched.
 *
 * @param namespace the only one to look into, or all of them
 * @param publishService the Service whose addresses Ingresses show, wherever it is
 * @param configMapsIn where ConfigMaps are watched; others are read by name
 * @param secrets whether Secrets of type kubernetes.io/tls are watched; else they are read by name
 * @param podsIn the namespace of this controller's own pods, where their nodes' addresses are published
 * @param configMap that of ingress-nginx, wherever it is
 */
public record WatchScope(
        Optional<String> namespace,
        Optional<ObjectKey> publishService,
        String configMapsIn,
        boolean secrets,
        Optional<String> podsIn,
        Optional<ObjectKey> configMap) {
    /** The label that the generated manifests give to the controller's pods. */
    static final String POD_LABEL = "app.kubernetes.io/name";

    static final String POD_LABEL_VALUE = "adit";

    /** The ConfigMap that is followed by itself, since it is not where the others are. */
    Optional<ObjectKey> configMapApart() {
        return configMap.filter(key -> !key.namespace().equals(configMapsIn));
    }

    /** Whether the published Service lies outside the watched namespace. */
    boolean watchesServiceApart() {
        return publishService
                .filter(service -> namespace.isPresent() && !namespace.get().equals(service.namespace()))
                .isPresent();
    }
}
