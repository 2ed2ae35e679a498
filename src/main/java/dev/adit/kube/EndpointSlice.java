package dev.adit.kube;

import java.util.List;

/**
 * A discovery.k8s.io/v1 EndpointSlice.
 *
 * @param service the Service it belongs to, from the label {@code kubernetes.io/service-name}
 */
public record EndpointSlice(ObjectKey key, ObjectKey service, List<Port> ports, List<Endpoint> endpoints)
        implements KubeSnapshot.Item {

    /** The name is that of the Service port which the number serves. */
    public record Port(String name, int number) {}

    /** The addresses of one pod, all of them interchangeable. */
    public record Endpoint(List<String> addresses, boolean ready) {}
}
