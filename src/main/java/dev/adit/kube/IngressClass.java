package dev.adit.kube;

/** A networking.k8s.io/v1 IngressClass. */
public record IngressClass(String name, String controller, boolean isDefault) implements KubeSnapshot.Item {
    @Override
    public ObjectKey key() {
        return new ObjectKey("", name);
    }
}
