package dev.adit.doctor;

import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an API server says of an installation of Adit.
 *
 * @param server its URL
 * @param version of Kubernetes
 * @param ahead how far its clock is before the one of this machine; empty where it did not say
 * @param account the ServiceAccount of Adit
 * @param denied what that account may not do and needs, such as {@code list secrets}; empty where it may not be asked
 * @param workloads the Deployments and DaemonSets of Adit; empty where they may not be looked at
 * @param pods of Adit; empty where they may not be looked at
 * @param services of Adit, those of Gateways not among them; empty where they may not be looked at
 * @param hasGatewayApi whether the CustomResourceDefinitions of the Gateway API are there
 */
public record Installation(
        String server,
        String version,
        Optional<Duration> ahead,
        ObjectKey account,
        Optional<List<String>> denied,
        Optional<List<Workload>> workloads,
        Optional<List<Pod>> pods,
        Optional<List<Exposure>> services,
        boolean hasGatewayApi) {

    private static final String WATCH_NAMESPACE = "--watch-namespace=";

    /** The same with what its account may not do. */
    public Installation denying(Optional<List<String>> permissions) {
        return new Installation(server, version, ahead, account, permissions, workloads, pods, services, hasGatewayApi);
    }

    /** The namespace that its arguments restrict it to; empty where they are not known or name none. */
    public Optional<String> watchedNamespace() {
        return workloads.stream()
                .flatMap(List::stream)
                .flatMap(workload -> workload.arguments().stream())
                .filter(argument -> argument.startsWith(WATCH_NAMESPACE))
                .map(argument -> argument.substring(WATCH_NAMESPACE.length()))
                .findFirst();
    }

    /**
     * What makes pods.
     *
     * @param kind Deployment or DaemonSet
     * @param wanted how many pods there are to be
     * @param arguments of Adit in them
     */
    public record Workload(String kind, String name, int wanted, List<String> arguments) {}

    /**
     * A pod.
     *
     * @param why what the kubelet or the scheduler says of one that is not ready; empty where they say nothing
     */
    public record Pod(String name, boolean isReady, String why) {}

    /**
     * A Service that leads to pods of Adit.
     *
     * @param keepsClients whether connections reach Adit with the addresses of clients
     */
    public record Exposure(String name, String type, boolean keepsClients, List<LoadBalancerAddress> addresses) {
        boolean isPending() {
            return type.equals("LoadBalancer") && addresses.isEmpty();
        }
    }
}
