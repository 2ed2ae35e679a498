package dev.adit.kube.status;

import dev.adit.collection.Layered;
import dev.adit.kube.Ingress;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.api.IngressObject;
import dev.adit.kube.api.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Writes {@code status.loadBalancer} by server-side apply, and only where it differs. */
final class StatusWriter {
    static final String FIELD_MANAGER = "adit";
    private static final Logger LOG = Logger.getLogger(StatusWriter.class);

    private final KubernetesClient client;
    private Layered<ObjectKey, Ingress> complete = Layered.empty();
    private List<LoadBalancerAddress> shown = List.of();

    StatusWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Whether all of them show the addresses now, and those that have left us show them no longer. Those that did before,
     * and have not changed, are not looked at.
     *
     * @param exists whether an Ingress that is not ours any more is still there
     */
    boolean write(Layered<ObjectKey, Ingress> own, List<LoadBalancerAddress> addresses, Predicate<ObjectKey> exists) {
        var gone = complete.goneIn(own)
                .filter(ingress -> exists.test(ingress.key()))
                .toList();
        var due = (addresses.equals(shown) ? complete.newIn(own) : own.values().stream())
                .filter(ingress -> !ingress.addresses().equals(addresses))
                .sorted(Comparator.comparing(Ingress::createdAt))
                .toList();
        var written = true;
        for (var ingress : gone) {
            written &= write(ingress, List.of());
        }
        for (var ingress : due) {
            written &= write(ingress, addresses);
        }
        if (written) {
            complete = own;
            shown = addresses;
        }
        return written;
    }

    private boolean write(Ingress ingress, List<LoadBalancerAddress> addresses) {
        var key = ingress.key();
        var wanted = withStatus(key, addresses);
        var apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(true)
                .build();
        try {
            client.resources(IngressObject.class)
                    .inNamespace(key.namespace())
                    .resource(wanted)
                    .subresource("status")
                    .patch(apply);
            LOG.debugf("Ingress %s shows %s", key, addresses);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return true; // deleted meanwhile
            }
            LOG.warnf("Cannot write the status of Ingress %s: %s", key, e.getMessage());
            return false;
        }
    }

    private static IngressObject withStatus(ObjectKey key, List<LoadBalancerAddress> addresses) {
        var metadata = new ObjectMeta();
        metadata.setNamespace(key.namespace());
        metadata.setName(key.name());
        var ingress = new IngressObject();
        ingress.setMetadata(metadata);
        // Without any we say nothing, and what we said before goes, unless somebody else says it too.
        var shown = addresses.isEmpty()
                ? null
                : new LoadBalancer(addresses.stream().map(StatusWriter::entry).toList());
        ingress.status(new LoadBalancer.Status(shown));
        return ingress;
    }

    private static LoadBalancer.Address entry(LoadBalancerAddress address) {
        return new LoadBalancer.Address(
                address.ip().isEmpty() ? null : address.ip(), address.hostname().isEmpty() ? null : address.hostname());
    }
}
