package dev.adit.kube;

/**
 * A reference of the Gateway API to an object of any kind, as it is written.
 *
 * @param group empty for the core API
 * @param namespace empty for that of the object which refers to it
 */
public record ForeignReference(String group, String kind, String namespace, String name) {
    /** Of the API that Gateways and their routes are in. */
    public static final String GATEWAY_GROUP = "gateway.networking.k8s.io";

    /** The object that is meant, where the other one is in this namespace. */
    public ObjectKey from(String ownNamespace) {
        return new ObjectKey(namespace.isEmpty() ? ownNamespace : namespace, name);
    }

    /** Whether it is an object of this kind. */
    public boolean isOf(Kind<?> kind) {
        return isOf(kind.group(), kind.name());
    }

    public boolean isOf(String group, String kind) {
        return this.group.equals(group) && this.kind.equals(kind);
    }

    /** As a message names it. */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
