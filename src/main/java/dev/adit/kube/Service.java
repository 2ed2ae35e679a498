package dev.adit.kube;

import java.util.List;
import java.util.Optional;

/**
 * A v1 Service; its own address is left out, since requests go to endpoints.
 *
 * @param hasClientAffinity whether {@code sessionAffinity} is ClientIP
 */
public record Service(
        ObjectKey key, String type, boolean hasClientAffinity, List<Port> ports, List<LoadBalancerAddress> addresses)
        implements KubeSnapshot.Item {

    /**
     * A port.
     *
     * @param name empty where a Service with a single port gives none
     * @param appProtocol empty where it says none
     */
    public record Port(String name, int number, String appProtocol) {}

    public Optional<Port> port(String name) {
        return ports.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    public Optional<Port> port(int number) {
        return ports.stream().filter(p -> p.number() == number).findFirst();
    }
}
