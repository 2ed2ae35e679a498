package dev.adit.kube.status;

import dev.adit.kube.Ingress;
import dev.adit.kube.LoadBalancerAddress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import org.jboss.logging.Logger;

/** Writes {@code status.loadBalancer} by server-side apply, and only where it differs. */
final class StatusWriter {
    static final String FIELD_MANAGER = "adit";
    private static final Logger LOG = Logger.getLogger(StatusWriter.class);

    private final KubernetesClient client;

    StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /** Whether all of them show the addresses now. */
    boolean write(List<Ingress> own, List<LoadBalancerAddress> addresses) {
        var complete = true;
        for (var ingress : own) {
            if (!ingress.addresses().equals(addresses)) {
                complete &= write(ingress, addresses);
            }
        }
        return complete;
    }

    private boolean write(Ingress ingress, List<LoadBalancerAddress> addresses) {
        var key = ingress.key();
        var wanted = new IngressBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .endMetadata()
                .withNewStatus()
                .withNewLoadBalancer()
                .withIngress(addresses.stream().map(StatusWriter::entry).toList())
                .endLoadBalancer()
                .endStatus()
                .build();
        var apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .build();
        try {
            client.network()
                    .v1()
                    .ingresses()
                    .inNamespace(key.namespace())
                    .resource(wanted)
                    .subresource("status")
                    .patch(apply);
            LOG.debugf("Ingress %s is reachable at %s", key, addresses);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return true; // deleted meanwhile
            }
            LOG.warnf("Cannot write the status of Ingress %s: %s", key, e.getMessage());
            return false;
        }
    }

    private static IngressLoadBalancerIngress entry(LoadBalancerAddress address) {
        var entry = new IngressLoadBalancerIngress();
        entry.setIp(address.ip().isEmpty() ? null : address.ip());
        entry.setHostname(address.hostname().isEmpty() ? null : address.hostname());
        return entry;
    }
}
