package dev.adit.kube.status;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.adit.collection.Layered;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.GatewayService;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import dev.adit.kube.Service;
import dev.adit.kube.Status;
import dev.adit.kube.api.GatewayClassObject;
import dev.adit.kube.api.GatewayObject;
import dev.adit.kube.api.GatewayServiceObject;
import dev.adit.kube.api.ServiceObject;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    private static final List<String> RESERVED = List.of("kubernetes.io", "k8s.io", "adit.dev");
    // The API server has others to serve.
    private static final int AT_ONCE = 20;
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
     * Does what is to be done, some of it at a time.
     *
     * @param now the objects as they are
     * @return whether nothing is left to do
     */
    boolean write(Layered<ObjectRef, Status> statuses, Objects now) {
        var there = now.all(Service.KIND)
                .filter(service -> service.key().namespace().equals(namespace)
                        && service.leadsTo().isPresent())
                .collect(Collectors.toMap(Service::key, service -> service));
        var pass = new Pass();
        var due = new ArrayList<Runnable>();
        for (var status : statuses.values()) {
            if (status instanceof Status.OfGateway gateway && gateway.place() instanceof Status.Place.Own own) {
                own.wanted()
                        .filter(wanted -> !isAsWanted(wanted, there) && isFree(wanted, there))
                        .ifPresent(wanted -> due.add(() -> make(wanted, pass.front())));
            }
        }
        for (var service : there.values()) {
            if (mayHaveEnded(service, statuses)) {
                due.add(() -> end(service));
            }
        }
        var succeeds = due.size() <= AT_ONCE;
        for (var one : due.subList(0, Math.min(due.size(), AT_ONCE))) {
            succeeds &= succeeds(one);
        }
        return succeeds;
    }

    /** The Service in front is read once, however many are like it, and not at all where none is to be made. */
    private final class Pass {
        private Optional<GatewayServiceObject> found = Optional.empty();
        private boolean isRead;

        Optional<GatewayServiceObject> front() {
            if (!isRead) {
                found = front.flatMap(GatewayServices.this::found);
                isRead = true;
            }
            return found;
        }
    }

    private boolean isAsWanted(GatewayService wanted, Map<ObjectKey, Service> there) {
        var targets = Optional.ofNullable(there.get(wanted.key()))
                .flatMap(Service::leadsTo)
                .filter(found -> found.gateway().equals(wanted.gateway()))
                .map(Service.Targets::ports);
        var ports = wanted.ports().stream()
                .collect(Collectors.toMap(GatewayService.Port::name, GatewayService.Port::target));
        return wanted.ports().isEmpty()
                || (targets.filter(ports::equals).isPresent()
                        && !written.isDue(Service.KIND.ref(wanted.key()), wanted));
    }

    /** Whether no other Service has come to one of its ports since it was asked for. */
    private static boolean isFree(GatewayService wanted, Map<ObjectKey, Service> there) {
        var taken = there.values().stream()
                .filter(service -> !service.key().equals(wanted.key()))
                .flatMap(service -> service.leadsTo().stream())
                .flatMap(targets -> targets.ports().values().stream())
                .collect(Collectors.toSet());
        return wanted.ports().stream().noneMatch(port -> taken.contains(port.target()));
    }

    /** Whether nobody says that somebody is served by it. A Gateway without a listener that is sound keeps its address. */
    private static boolean mayHaveEnded(Service service, Layered<ObjectRef, Status> statuses) {
        var gateway = service.leadsTo().orElseThrow().gateway();
        return !(statuses.get(Gateway.KIND.ref(gateway))
                        instanceof Status.OfGateway(var _, var _, var _, var _, var _, var _, var place))
                || place instanceof Status.Place.Shared;
    }

    /**
     * Deletes it, if its Gateway is gone or another controller's. That nothing is said of a Gateway may be because it, or its class, cannot
     * be read for a while: both are asked for.
     */
    private void end(Service service) {
        var key = service.leadsTo().orElseThrow().gateway();
        var gateway = client.resources(GatewayObject.class)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (gateway == null || isOfOthers(gateway)) {
            client.resources(ServiceObject.class)
                    .inNamespace(service.key().namespace())
                    .withName(service.key().name())
                    .delete();
            LOG.infof("Service %s is deleted: Gateway %s has gone", service.key(), key);
        }
    }

    /** A class that is not there may come back, and its Gateways then have their addresses. */
    private boolean isOfOthers(GatewayObject gateway) {
        var name = gateway.spec() == null ? null : gateway.spec().gatewayClassName();
        var ofClass = name == null
                ? null
                : client.resources(GatewayClassObject.class).withName(name).get();
        return ofClass != null
                && ofClass.spec() != null
                && !GatewayClass.CONTROLLER.equals(ofClass.spec().controllerName());
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

    private void make(GatewayService wanted, Optional<GatewayServiceObject> like) {
        var before = found(wanted.key()).map(GatewayServiceObject::spec);
        var model = like.map(GatewayServiceObject::spec);
        var service = new GatewayServiceObject();
        service.setMetadata(meta(wanted, like));
        service.spec(new GatewayServiceObject.Spec(
                LOAD_BALANCER,
                model.map(GatewayServiceObject.Spec::selector).orElse(PODS),
                model.map(GatewayServiceObject.Spec::externalTrafficPolicy).orElse(null),
                model.map(GatewayServiceObject.Spec::loadBalancerSourceRanges).orElse(null),
                // Which nobody may change later.
                before.or(() -> model)
                        .map(GatewayServiceObject.Spec::loadBalancerClass)
                        .orElse(null),
                wanted.address().isEmpty() ? null : wanted.address(),
                model.map(GatewayServiceObject.Spec::ipFamilyPolicy).orElse(null),
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

    private Optional<GatewayServiceObject> found(ObjectKey key) {
        return Optional.ofNullable(client.resources(GatewayServiceObject.class)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    /**
     * With what the author of the Gateway wants, but for what is the operator's to say: everything of Kubernetes itself, and of whomever the
     * annotations of the Service in front are for. These it has from there: a load balancer that is for few stays so.
     */
    private static ObjectMeta meta(GatewayService wanted, Optional<GatewayServiceObject> like) {
        var ofFront = like.map(front -> front.getMetadata().getAnnotations()).orElse(Map.of()).entrySet().stream()
                .filter(entry -> !isOfOneObject(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var domains = ofFront.keySet().stream().map(GatewayServices::domain).collect(Collectors.toSet());
        var annotations = new HashMap<>(ofFront);
        wanted.infrastructureAnnotations().forEach((key, value) -> {
            if (!isReserved(key) && !domains.contains(domain(key))) {
                annotations.put(key, value);
            }
        });
        annotations.putAll(wanted.annotations());
        var labels = new HashMap<String, String>();
        wanted.infrastructureLabels().forEach((key, value) -> {
            if (!isReserved(key)) {
                labels.put(key, value);
            }
        });
        labels.putAll(wanted.labels());
        var meta = StatusWriter.name(wanted.key());
        meta.setLabels(labels);
        meta.setAnnotations(annotations);
        return meta;
    }

    private static String domain(String key) {
        var slash = key.indexOf('/');
        return slash < 0 ? "" : key.substring(0, slash);
    }

    /** What says of one Service where or who it is. */
    private static boolean isOfOneObject(String key) {
        return key.startsWith("kubectl.kubernetes.io/") || key.startsWith("external-dns.");
    }

    private static boolean isReserved(String key) {
        var domain = domain(key);
        return RESERVED.stream().anyMatch(one -> domain.equals(one) || domain.endsWith("." + one));
    }
}
