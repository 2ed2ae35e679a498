package dev.adit.kube.status;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.adit.collection.Layered;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayService;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import dev.adit.kube.Service;
import dev.adit.kube.Status;
import dev.adit.kube.api.GatewayObject;
import dev.adit.kube.api.GatewayServiceObject;
import dev.adit.kube.api.ServiceObject;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Makes the Services of Gateways as they are to be, and deletes those of Gateways that have gone or left us. What is one for all of them,
 * such as the pods that they lead to, they have from the Service in front of this controller.
 */
final class GatewayServices {
    private static final Logger LOG = Logger.getLogger(GatewayServices.class);
    private static final String LOAD_BALANCER = "LoadBalancer";
    private static final Map<String, String> PODS = Map.of("app.kubernetes.io/name", "adit");

    private final KubernetesClient client;
    private final String namespace;
    private final Optional<ObjectKey> front;
    private final ShownStatuses written = new ShownStatuses();

    /**
     * Those in one namespace.
     *
     * @param front the Service in front of this controller
     */
    GatewayServices(KubernetesClient client, String namespace, Optional<ObjectKey> front) {
        this.client = client;
        this.namespace = namespace;
        this.front = front;
    }

    /** Another replica may have written since. */
    void forget() {
        written.forget();
    }

    /**
     * Does what is to be done.
     *
     * @param now the objects as they are
     * @return whether all of it succeeded
     */
    boolean write(Layered<ObjectRef, Status> statuses, Objects now) {
        var there = now.all(Service.KIND)
                .filter(service -> service.key().namespace().equals(namespace)
                        && service.leadsTo().isPresent())
                .collect(Collectors.toMap(Service::key, service -> service));
        var succeeds = true;
        for (var status : statuses.values()) {
            if (status instanceof Status.OfGateway gateway && gateway.place() instanceof Status.Place.Own own) {
                var wanted = own.wanted();
                succeeds &= wanted.isEmpty() || isAsWanted(wanted.get(), there) || succeeds(() -> make(wanted.get()));
            }
        }
        for (var service : there.values()) {
            succeeds &= !hasEnded(service, statuses, now) || succeeds(() -> delete(service));
        }
        return succeeds;
    }

    private boolean isAsWanted(GatewayService wanted, Map<ObjectKey, Service> there) {
        var targets = Optional.ofNullable(there.get(wanted.key()))
                .flatMap(Service::leadsTo)
                .filter(found -> found.gateway().equals(wanted.gateway()))
                .map(Service.Targets::ports);
        var ports = wanted.ports().stream()
                .collect(Collectors.toMap(GatewayService.Port::name, GatewayService.Port::target));
        return targets.filter(ports::equals).isPresent() && !written.isDue(Service.KIND.ref(wanted.key()), wanted);
    }

    /** Whether nobody is served by it any more. A Gateway without a listener that is sound keeps its address. */
    private boolean hasEnded(Service service, Layered<ObjectRef, Status> statuses, Objects now) {
        var gateway = service.leadsTo().orElseThrow().gateway();
        if (statuses.get(Gateway.KIND.ref(gateway))
                instanceof Status.OfGateway(var _, var _, var _, var _, var _, var place)) {
            return place instanceof Status.Place.Shared;
        }
        return now.find(Gateway.KIND, gateway).isPresent() || isGone(gateway);
    }

    /** For a while, Gateways may be what cannot be read: whoever is served by one is asked for. */
    private boolean isGone(ObjectKey gateway) {
        return client.resources(GatewayObject.class)
                        .inNamespace(gateway.namespace())
                        .withName(gateway.name())
                        .get()
                == null;
    }

    private static boolean succeeds(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "Cannot write the Service of a Gateway: %s",
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            return false;
        }
    }

    private void make(GatewayService wanted) {
        if (wanted.ports().isEmpty()) {
            return;
        }
        var like = front.map(key -> client.resources(GatewayServiceObject.class)
                        .inNamespace(key.namespace())
                        .withName(key.name())
                        .get())
                .map(GatewayServiceObject::spec);
        var service = new GatewayServiceObject();
        var meta = new ObjectMeta();
        meta.setName(wanted.key().name());
        meta.setNamespace(wanted.key().namespace());
        meta.setLabels(wanted.labels());
        meta.setAnnotations(wanted.annotations());
        service.setMetadata(meta);
        service.spec(new GatewayServiceObject.Spec(
                LOAD_BALANCER,
                like.map(GatewayServiceObject.Spec::selector).orElse(PODS),
                like.map(GatewayServiceObject.Spec::externalTrafficPolicy).orElse(null),
                like.map(GatewayServiceObject.Spec::loadBalancerClass).orElse(null),
                wanted.address().isEmpty() ? null : wanted.address(),
                like.map(GatewayServiceObject.Spec::ipFamilyPolicy).orElse(null),
                wanted.ports().stream()
                        .map(port -> new GatewayServiceObject.Port(
                                port.name(), port.number(), IntNode.valueOf(port.target()), "TCP"))
                        .toList()));
        client.resources(GatewayServiceObject.class)
                .inNamespace(wanted.key().namespace())
                .resource(service)
                .patch(StatusWriter.APPLY);
        written.note(Service.KIND.ref(wanted.key()), wanted);
        LOG.infof("Service %s leads to Gateway %s", wanted.key(), wanted.gateway());
    }

    private void delete(Service service) {
        client.resources(ServiceObject.class)
                .inNamespace(service.key().namespace())
                .withName(service.key().name())
                .delete();
        LOG.infof("Service %s is deleted: its Gateway has gone", service.key());
    }
}
