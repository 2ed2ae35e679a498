package dev.adit.kube;

import java.util.List;
import java.util.Map;

/**
 * The Service that leads to one Gateway, as it is to be.
 *
 * @param key of the Service
 * @param gateway to which it leads
 * @param labels of the Service
 * @param annotations of the Service
 * @param infrastructureLabels that the author of the Gateway wants it to have
 * @param infrastructureAnnotations likewise
 * @param ports by which it is reached
 * @param address that it asks for; empty for any
 */
public record GatewayService(
        ObjectKey key,
        ObjectKey gateway,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> infrastructureLabels,
        Map<String, String> infrastructureAnnotations,
        List<Port> ports,
        String address) {
    /** On the Service, with the namespace and name of the Gateway. */
    public static final String ANNOTATION = "adit.dev/gateway";

    /** The label by which the API finds what was made for a Gateway. */
    public static final String LABEL = "gateway.networking.k8s.io/gateway-name";

    public GatewayService {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        infrastructureLabels = Map.copyOf(infrastructureLabels);
        infrastructureAnnotations = Map.copyOf(infrastructureAnnotations);
        ports = List.copyOf(ports);
    }

    /**
     * One of its ports.
     *
     * @param name says the protocol, too: another one is not served on the same port of this machine
     * @param number by which clients know it
     * @param target of this machine
     */
    public record Port(String name, int number, int target) {}
}
