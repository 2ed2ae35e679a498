package dev.adit.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A v1 Service.
 *
 * @param clusterIp its own address, empty where it has none
 * @param hasClientAffinity whether {@code sessionAffinity} is ClientIP
 * @param external what an ExternalName stands for
 * @param leadsTo of one that this controller has made for a Gateway, where its ports lead
 */
public record Service(
        ObjectKey key,
        String type,
        String clusterIp,
        boolean hasClientAffinity,
        List<Port> ports,
        List<LoadBalancerAddress> addresses,
        Optional<External> external,
        Optional<Targets> leadsTo)
        implements KubeObject {
    public static final Kind<Service> KIND = Kind.of("v1", "Service", "services", Service.class);

    public static final String EXTERNAL_NAME = "ExternalName";

    /**
     * A port.
     *
     * @param name empty where a Service with a single port gives none
     * @param appProtocol empty where it says none
     */
    public record Port(String name, int number, String appProtocol) {}

    /**
     * A name outside of the cluster.
     *
     * @param failure why there is no address for it, or why the last one may be old
     */
    public record External(String name, Optional<String> failure) {}

    /**
     * Where the ports of a Service lead that stands before a Gateway.
     *
     * @param ports of the pods, by the names of those of the Service
     */
    public record Targets(ObjectKey gateway, Map<String, Integer> ports) {
        public Targets {
            ports = Map.copyOf(ports);
        }
    }

    /** One that stands before no Gateway. */
    public Service(
            ObjectKey key,
            String type,
            String clusterIp,
            boolean hasClientAffinity,
            List<Port> ports,
            List<LoadBalancerAddress> addresses,
            Optional<External> external) {
        this(key, type, clusterIp, hasClientAffinity, ports, addresses, external, Optional.empty());
    }

    /** The same as it was found when its name was asked for. */
    public Service failing(Optional<String> failure) {
        return new Service(
                key,
                type,
                clusterIp,
                hasClientAffinity,
                ports,
                addresses,
                external.map(e -> new External(e.name(), failure)),
                leadsTo);
    }

    public Optional<Port> port(String name) {
        return ports.stream()
                .limit(Bounds.SERVICE_PORTS)
                .filter(p -> p.name().equals(name))
                .findFirst();
    }

    public Optional<Port> port(int number) {
        return ports.stream()
                .limit(Bounds.SERVICE_PORTS)
                .filter(p -> p.number() == number)
                .findFirst();
    }

    @Override
    public Kind<Service> kind() {
        return KIND;
    }
}
