package dev.adit.kube;

import java.util.Map;

/** A v1 Namespace, of which Gateways choose by labels. */
public record Namespace(ObjectKey key, Map<String, String> labels) implements KubeObject {
    public static final Kind<Namespace> KIND = Kind.general("v1", "Namespace", "namespaces", Namespace.class);

    /** "The Kubernetes API server (part of the control plane) sets this label on all namespaces", to its name. */
    public static final String NAME_LABEL = "kubernetes.io/metadata.name";

    public Namespace {
        labels = Map.copyOf(labels);
    }

    /** That of a name, as objects refer to it. */
    public static ObjectKey key(String name) {
        return new ObjectKey("", name);
    }

    @Override
    public Kind<Namespace> kind() {
        return KIND;
    }
}
