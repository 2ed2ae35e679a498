package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.ListenerSet;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Status;
import dev.adit.translate.gateway.route.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ListenerSets of our Gateways: which of them are attached, and what becomes of each. */
final class ListenerSets {
    // "ListenerSet ordered by creation time (oldest first); ... alphabetically by {namespace}/{name}"
    // (ListenerSetSpec.listeners).
    private static final Comparator<ListenerSet> PRECEDENCE = Comparator.comparing(ListenerSet::createdAt)
            .thenComparing(set -> set.key().toString());

    private final Map<ObjectKey, List<ListenerSet>> attached = new HashMap<>();
    private final Map<ListenerSet, Optional<Verdict>> refused = new LinkedHashMap<>();

    /**
     * Those that there are.
     *
     * @param gateways those of ours
     */
    ListenerSets(Objects objects, NamespaceRules namespaces, Map<ObjectKey, Gateway> gateways) {
        objects.all(ListenerSet.KIND).sorted(PRECEDENCE).forEach(set -> {
            var gateway = parent(set, gateways);
            if (gateway != null) {
                var refusal = refusal(set, gateway, namespaces);
                refused.put(set, refusal);
                if (refusal.isEmpty()) {
                    attached.computeIfAbsent(gateway.key(), _ -> new ArrayList<>())
                            .add(set);
                }
            }
        });
    }

    private static @Nullable Gateway parent(ListenerSet set, Map<ObjectKey, Gateway> gateways) {
        return set.parent().isOf(Gateway.KIND)
                ? gateways.get(set.parent().from(set.key().namespace()))
                : null;
    }

    private static Optional<Verdict> refusal(ListenerSet set, Gateway gateway, NamespaceRules namespaces) {
        if (!namespaces.allow(
                gateway.allowedListeners(), gateway.key().namespace(), set.key().namespace())) {
            return Optional.of(Verdict.no(
                    "NotAllowed",
                    "Gateway " + gateway.key() + " takes no ListenerSets of namespace "
                            + set.key().namespace() + "; let it in by allowedListeners.namespaces there"));
        }
        return GatewayVerdict.own(gateway)
                .map(why -> Verdict.no(
                        "ParentNotAccepted", "Gateway " + gateway.key() + " is not accepted: " + why.message()));
    }

    /** Those that are attached to a Gateway, the one first that has precedence. */
    List<ListenerSet> of(Gateway gateway) {
        return attached.getOrDefault(gateway.key(), List.of());
    }

    /** Whether a ListenerSet is of one of our Gateways, attached or not. */
    boolean know(ObjectKey key) {
        return refused.keySet().stream().anyMatch(set -> set.key().equals(key));
    }

    /** How many a Gateway has that are accepted; empty where it takes none. */
    OptionalInt count(Gateway gateway, Listeners listeners) {
        return gateway.allowedListeners().equals(Gateway.Namespaces.NONE)
                ? OptionalInt.empty()
                : OptionalInt.of((int) of(gateway).stream()
                        .filter(set -> listeners.by(set.ref()).stream().anyMatch(Listener::isServing))
                        .count());
    }

    /** That some are not attached. */
    Stream<Problem> problems() {
        return refused.entrySet().stream()
                .flatMap(entry -> entry
                        .getValue()
                        .map(why ->
                                Problem.of(entry.getKey(), "spec.parentRef", Reason.LISTENER_NOT_SERVED, why.message()))
                        .stream());
    }

    /** What is said of each. */
    Stream<Status> statuses(Listeners listeners, LocalPorts ports) {
        return refused.entrySet().stream()
                .map(entry -> status(
                        entry.getKey(),
                        entry.getValue(),
                        listeners.by(entry.getKey().ref()),
                        ports));
    }

    private static Status status(
            ListenerSet set, Optional<Verdict> refusal, List<Listener> listeners, LocalPorts ports) {
        var accepted = refusal.orElseGet(() -> GatewayVerdict.byListeners(listeners, Listener::isServing));
        var programmed = !accepted.holds()
                ? accepted
                : ports.areOpen(listeners)
                        ? Verdict.yes("Programmed")
                        : Verdict.no("Pending", "Not all of its ports are open yet");
        return new Status.OfListenerSet(
                set.ref(),
                set.uid(),
                set.generation(),
                List.of(accepted.as("Accepted"), programmed.as("Programmed")),
                listeners.stream()
                        .map(listener -> listener.status(ports.of(listener).isPresent()))
                        .toList());
    }
}
