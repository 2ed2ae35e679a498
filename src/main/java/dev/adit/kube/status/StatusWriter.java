package dev.adit.kube.status;

import dev.adit.collection.Layered;
import dev.adit.kube.Ingress;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import dev.adit.kube.Status;
import dev.adit.kube.api.IngressObject;
import dev.adit.kube.api.LoadBalancer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Writes statuses by server-side apply, and only where they differ. */
final class StatusWriter {
    static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("adit")
            .withForce(true)
            .build();

    /** The API server has others to serve: no more are written in one go. */
    static final int AT_ONCE = 100;

    private static final Logger LOG = Logger.getLogger(StatusWriter.class);
    private static final Comparator<Status> BY_OBJECT = Comparator.comparing(
                    (Status status) -> status.object().kind().name())
            .thenComparing(status -> status.object().key());

    private final KubernetesClient client;
    private final ShownStatuses written = new ShownStatuses();
    private final ConditionWriter conditions;
    private final GatewayStatusWriter gateways;
    private Layered<ObjectRef, Status> complete = Layered.empty();
    private List<LoadBalancerAddress> shown = List.of();
    // Another replica may have written since: nothing is known to be complete.
    private boolean isDoubted = true;
    // What was tried since the last time that nothing was left to try, so that what fails keeps nobody waiting.
    private final Map<ObjectRef, Write> tried = new HashMap<>();
    private boolean hasFailed;

    /** What came of it. */
    enum Outcome {
        COMPLETE,
        /** There are others to write. */
        MORE,
        FAILED
    }

    StatusWriter(KubernetesClient client, Clock clock) {
        this.client = client;
        this.conditions = new ConditionWriter(client, clock, written);
        this.gateways = new GatewayStatusWriter(client, clock, written);
    }

    /** Another replica may have written since. What has left us stays known: its addresses are to be taken back. */
    void forget() {
        isDoubted = true;
        tried.clear();
        written.forget();
    }

    /**
     * Makes objects show their statuses, and those that have left us show addresses no longer. What was complete before, and
     * has not changed, is not looked at.
     *
     * @param addresses those of this controller; empty where nothing is known, which leaves all of them as they are
     * @param now the objects as they are
     */
    Outcome write(Layered<ObjectRef, Status> statuses, List<LoadBalancerAddress> addresses, Objects now) {
        var gone = complete.goneIn(statuses)
                .filter(status -> isThere(status, now))
                .map(status -> new Write(takenBack(status), List.of()));
        var all = isDoubted || !addresses.equals(shown);
        var changed = (all ? statuses.values().stream() : complete.newIn(statuses))
                .filter(status -> isDue(status, addresses, now))
                .sorted(BY_OBJECT)
                .map(status -> new Write(status, addresses));
        var due = Stream.concat(gone, changed)
                .filter(write -> !write.equals(tried.get(write.status().object())))
                .limit(AT_ONCE + 1L)
                .toList();
        for (var write : due.subList(0, Math.min(due.size(), AT_ONCE))) {
            tried.put(write.status().object(), write);
            hasFailed |= !succeeds(write);
        }
        return due.size() > AT_ONCE ? Outcome.MORE : end(statuses, addresses);
    }

    /** Everything has been tried once. */
    private Outcome end(Layered<ObjectRef, Status> statuses, List<LoadBalancerAddress> addresses) {
        tried.clear();
        if (hasFailed) {
            hasFailed = false;
            return Outcome.FAILED;
        }
        complete = statuses;
        shown = addresses;
        isDoubted = false;
        written.retain(statuses::containsKey);
        return Outcome.COMPLETE;
    }

    private record Write(Status status, List<LoadBalancerAddress> addresses) {}

    private static boolean isThere(Status status, Objects now) {
        return switch (status) {
            case Status.Addresses(var ingress) ->
                now.find(Ingress.KIND, ingress.key()).isPresent();
            case Status.Shared shared ->
                now.find(shared.object().kind(), shared.object().key()).isPresent();
            case Status.OfListenerSet set ->
                now.find(set.object().kind(), set.object().key()).isPresent();
            case Status.OfClass _, Status.OfGateway _ -> false;
        };
    }

    /** Of what has left us nothing is said; addresses go by not being written. */
    private static Status takenBack(Status status) {
        return switch (status) {
            case Status.Shared shared -> shared.takenBack();
            case Status.OfListenerSet(var object, var uid, var generation, var _, var _) ->
                new Status.OfListenerSet(object, uid, generation, List.of(), List.of());
            case Status.Addresses _, Status.OfClass _, Status.OfGateway _ -> status;
        };
    }

    private boolean isDue(Status status, List<LoadBalancerAddress> addresses, Objects now) {
        return switch (status) {
            case Status.Addresses(var ingress) ->
                !addresses.isEmpty()
                        && now.find(Ingress.KIND, ingress.key())
                                .filter(found -> !found.addresses().equals(addresses))
                                .isPresent();
            case Status.OfGateway wanted -> gateways.isDue(wanted, addresses);
            case Status.OfClass _, Status.OfListenerSet _, Status.Shared _ -> written.isDue(status.object(), status);
        };
    }

    private boolean succeeds(Write write) {
        var status = write.status();
        try {
            switch (status) {
                case Status.Addresses(var ingress) -> write(ingress.key(), write.addresses());
                case Status.OfClass wanted -> conditions.write(wanted);
                case Status.OfGateway wanted -> gateways.write(wanted, write.addresses());
                case Status.OfListenerSet wanted -> gateways.write(wanted);
                case Status.Shared wanted -> gateways.write(wanted);
            }
            LOG.debugf("%s has its status", status.object());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return true; // deleted meanwhile
            }
            LOG.warnf("Cannot write the status of %s: %s", status.object(), e.getMessage());
            return false;
        }
    }

    private void write(ObjectKey key, List<LoadBalancerAddress> addresses) {
        var ingress = new IngressObject();
        ingress.setMetadata(name(key));
        // Without any we say nothing, and what we said before goes, unless somebody else says it too.
        var shown = addresses.isEmpty()
                ? null
                : new LoadBalancer(addresses.stream().map(StatusWriter::entry).toList());
        ingress.status(new LoadBalancer.Status(shown));
        client.resources(IngressObject.class)
                .inNamespace(key.namespace())
                .resource(ingress)
                .subresource("status")
                .patch(APPLY);
    }

    /** Of an object that is applied only what names it. */
    static ObjectMeta name(ObjectKey key) {
        var meta = new ObjectMeta();
        meta.setName(key.name());
        meta.setNamespace(key.namespace().isEmpty() ? null : key.namespace());
        return meta;
    }

    private static LoadBalancer.Address entry(LoadBalancerAddress address) {
        return new LoadBalancer.Address(
                address.ip().isEmpty() ? null : address.ip(), address.hostname().isEmpty() ? null : address.hostname());
    }
}
