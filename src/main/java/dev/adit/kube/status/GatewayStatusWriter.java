package dev.adit.kube.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.adit.kube.Condition;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.Status;
import dev.adit.kube.api.ApiObject;
import dev.adit.kube.api.ConditionObject;
import dev.adit.kube.api.GatewayObject;
import dev.adit.kube.api.ListenerSetObject;
import dev.adit.kube.api.RouteObject;
import dev.adit.kube.kind.ServedKinds;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statuses of Gateways, by server-side apply, and of routes. The parents of a route are one list, which an apply would
 * replace with the entries of other controllers in it: they are read, merged, and written for the version that was read.
 */
final class GatewayStatusWriter {
    private static final String PROGRAMMED = "Programmed";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final Condition UNREACHED = new Condition(
            PROGRAMMED,
            false,
            "AddressNotAssigned",
            "It is not known yet at which address Adit can be reached. Give its Service an address, or start Adit with --publish-address");

    private final KubernetesClient client;
    private final Clock clock;
    private final ShownStatuses shown;

    private record Shown(Status status, List<LoadBalancerAddress> addresses) {}

    GatewayStatusWriter(KubernetesClient client, Clock clock, ShownStatuses shown) {
        this.client = client;
        this.clock = clock;
        this.shown = shown;
    }

    /** Whether a Gateway may not show this yet. */
    boolean isDue(Status.OfGateway status, List<LoadBalancerAddress> addresses) {
        return shown.isDue(status.object(), shown(status, addresses));
    }

    /** Where a Gateway has a Service, the addresses of this controller are not its own. */
    private static Shown shown(Status.OfGateway status, List<LoadBalancerAddress> addresses) {
        return new Shown(status, status.place() instanceof Status.Place.Own ? List.of() : addresses);
    }

    /** Makes a Gateway show it; nothing happens where it is gone. */
    void write(Status.OfGateway status, List<LoadBalancerAddress> addresses) {
        var key = status.object().key();
        var now = client.resources(GatewayObject.class)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (now != null && status.uid().equals(now.getMetadata().getUid())) {
            var applied = new GatewayObject();
            applied.setMetadata(StatusWriter.name(key));
            applied.status(new GatewayStatus(now.status(), status, clock).with(addresses));
            client.resource(applied).subresource("status").patch(StatusWriter.APPLY);
        }
        shown.note(status.object(), shown(status, addresses));
    }

    /** Makes a route or a policy show it beside what others show there; nothing happens where it is gone. */
    void write(Status.Shared status) {
        write(ServedKinds.of(status.object().kind()).wire(), status);
        shown.note(status.object(), status);
    }

    private <W extends ApiObject> void write(Class<W> wire, Status.Shared status) {
        var key = status.object().key();
        var resource = client.resources(wire).inNamespace(key.namespace()).withName(key.name());
        var now = resource.get();
        if (now instanceof RouteObject route
                && status.uid().equals(now.getMetadata().getUid())) {
            var entries = new RouteParents(status, clock);
            entries.over(route.status()).ifPresent(parents -> {
                var patch = JsonNodeFactory.instance.objectNode();
                patch.putObject("metadata")
                        .put("resourceVersion", now.getMetadata().getResourceVersion());
                patch.putObject("status").set(entries.field(), parents);
                resource.subresource("status").patch(MERGE, patch.toString());
            });
        }
    }

    /** Makes a ListenerSet show it; nothing happens where it is gone. */
    void write(Status.OfListenerSet status) {
        var key = status.object().key();
        var now = client.resources(ListenerSetObject.class)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (now != null && status.uid().equals(now.getMetadata().getUid())) {
            var applied = new ListenerSetObject();
            applied.setMetadata(StatusWriter.name(key));
            var since = new Since(now.status(), status.generation(), clock);
            applied.status(new GatewayObject.Status(
                    null, since.conditions(status.conditions()), since.listeners(status.listeners()), null));
            client.resource(applied).subresource("status").patch(StatusWriter.APPLY);
        }
        shown.note(status.object(), status);
    }

    /** What is said of a Gateway. */
    private record GatewayStatus(GatewayObject.@Nullable Status now, Status.OfGateway wanted, Clock clock) {
        // "+kubebuilder:validation:MaxItems=16" of GatewayStatus.addresses.
        private static final int MOST_ADDRESSES = 16;

        GatewayObject.Status with(List<LoadBalancerAddress> addresses) {
            var before = now == null || now.addresses() == null ? List.<GatewayObject.Address>of() : now.addresses();
            var shown = switch (wanted.place()) {
                // What is not known leaves what is shown as it is.
                case Status.Place.Shared _ -> addresses.isEmpty() ? before : addresses(addresses);
                case Status.Place.Own own -> addresses(own.addresses());
            };
            var conditions = wanted.conditions().stream()
                    .map(one -> shown.isEmpty() && one.type().equals(PROGRAMMED) && one.holds() ? UNREACHED : one)
                    .toList();
            var since = new Since(now, wanted.generation(), clock);
            return new GatewayObject.Status(
                    shown,
                    since.conditions(conditions),
                    since.listeners(wanted.listeners()),
                    wanted.attachedSets().isPresent() ? wanted.attachedSets().getAsInt() : null);
        }

        private static List<GatewayObject.Address> addresses(List<LoadBalancerAddress> addresses) {
            return addresses.stream()
                    .limit(MOST_ADDRESSES)
                    .map(GatewayStatus::address)
                    .toList();
        }

        private static GatewayObject.Address address(LoadBalancerAddress address) {
            return address.ip().isEmpty()
                    ? new GatewayObject.Address("Hostname", address.hostname())
                    : new GatewayObject.Address("IPAddress", address.ip());
        }
    }

    /** Conditions of an object and of its listeners, with the times at which they began to hold. */
    private record Since(GatewayObject.@Nullable Status now, long generation, Clock clock) {
        List<ConditionObject> conditions(List<Condition> wanted) {
            return conditions(wanted, now == null ? null : now.conditions());
        }

        List<GatewayObject.ListenerStatus> listeners(List<Status.OfListener> wanted) {
            return wanted.stream().map(this::listener).toList();
        }

        private GatewayObject.ListenerStatus listener(Status.OfListener listener) {
            var before =
                    now == null || now.listeners() == null ? List.<GatewayObject.ListenerStatus>of() : now.listeners();
            var conditions = before.stream()
                    .filter(one -> listener.name().equals(one.name()))
                    .findFirst()
                    .map(GatewayObject.ListenerStatus::conditions)
                    .orElse(null);
            return new GatewayObject.ListenerStatus(
                    listener.name(),
                    listener.supported().stream()
                            .map(kind -> new GatewayObject.RouteKind(kind.group(), kind.kind()))
                            .toList(),
                    listener.attached(),
                    conditions(listener.conditions(), conditions));
        }

        private List<ConditionObject> conditions(List<Condition> conditions, @Nullable List<ConditionObject> before) {
            return ConditionWriter.conditions(conditions, generation, before, clock);
        }
    }
}
