package dev.adit.kube;

import java.util.Optional;

/**
 * A networking.k8s.io/v1 IngressClass.
 *
 * @param parameters what {@code spec.parameters} refers to
 */
public record IngressClass(
        String name, String uid, String controller, boolean isDefault, Optional<Parameters> parameters)
        implements KubeObject {
    public static final Kind<IngressClass> KIND =
            Kind.general("networking.k8s.io/v1", "IngressClass", "ingressclasses", IngressClass.class);

    /**
     * A reference to an object of any kind.
     *
     * @param apiGroup empty for the core API
     * @param namespace empty where the scope is the cluster
     */
    public record Parameters(String apiGroup, String kind, String name, Optional<String> namespace) {}

    /** One that refers to nothing. */
    public static IngressClass of(String name, String controller, boolean isDefault) {
        return new IngressClass(name, "", controller, isDefault, Optional.empty());
    }

    @Override
    public ObjectKey key() {
        return new ObjectKey("", name);
    }

    @Override
    public Kind<IngressClass> kind() {
        return KIND;
    }
}
