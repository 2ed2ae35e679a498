package dev.adit.kube;

import java.util.List;

/**
 * A gateway.networking.k8s.io ReferenceGrant: some objects of other namespaces may refer to some of its own.
 *
 * @param from whose references
 * @param to to what
 */
public record ReferenceGrant(ObjectKey key, String uid, List<From> from, List<To> to) implements KubeObject {
    public static final Kind<ReferenceGrant> KIND = Kind.general(
            "gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "referencegrants", ReferenceGrant.class);

    public ReferenceGrant {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** Objects of a kind in a namespace. */
    public record From(String group, String kind, String namespace) {}

    /**
     * Objects of a kind here.
     *
     * @param name empty for all of them
     */
    public record To(String group, String kind, String name) {}

    @Override
    public Kind<ReferenceGrant> kind() {
        return KIND;
    }
}
