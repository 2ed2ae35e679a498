package dev.adit.kube;

/**
 * A gateway.networking.k8s.io/v1 GatewayClass.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 * @param controller {@code spec.controllerName}
 */
public record GatewayClass(ObjectKey key, String uid, long generation, String controller) implements KubeObject {
    /** The {@code spec.controllerName} of the GatewayClasses that are ours. */
    public static final String CONTROLLER = "adit.dev/gateway-controller";

    public static final Kind<GatewayClass> KIND =
            Kind.general("gateway.networking.k8s.io/v1", "GatewayClass", "gatewayclasses", GatewayClass.class);

    @Override
    public Kind<GatewayClass> kind() {
        return KIND;
    }
}
