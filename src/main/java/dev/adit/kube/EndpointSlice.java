package dev.adit.kube;

import java.util.List;
import java.util.Set;

/**
 * A discovery.k8s.io/v1 EndpointSlice.
 *
 * @param service the Service it belongs to, from the label {@code kubernetes.io/service-name}
 */
public record EndpointSlice(ObjectKey key, ObjectKey service, List<Port> ports, List<Endpoint> endpoints)
        implements KubeObject {
    public static final Kind<EndpointSlice> KIND =
            Kind.of("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", EndpointSlice.class);

    /** The name is that of the Service port which the number serves. */
    public record Port(String name, int number) {
        /** EndpointSlice API: without a number every port is served, by its own number. */
        public static final Port UNRESTRICTED = new Port("", 0);
    }

    /**
     * The addresses of one pod, all of them interchangeable.
     *
     * @param zones for whose clients it is, and {@code nodes} likewise; empty without hints
     * @param pod its name; empty where the endpoint is none
     */
    public record Endpoint(
            List<String> addresses, Condition condition, Set<String> zones, Set<String> nodes, String pod) {
        /** One that is no pod. */
        public Endpoint(List<String> addresses, Condition condition, Set<String> zones, Set<String> nodes) {
            this(addresses, condition, zones, nodes, "");
        }
    }

    /** What may be sent to an endpoint. */
    public enum Condition {
        READY,
        /** It goes, but still answers: for when nobody else does. */
        SERVING_AND_TERMINATING,
        NOT_READY
    }

    @Override
    public Kind<EndpointSlice> kind() {
        return KIND;
    }
}
