package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.ListenerSet;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.routing.Hostname;
import dev.adit.translate.gateway.route.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** To which listeners a route comes by one of its {@code parentRefs}, and for which hosts. */
final class Attachments {
    private final NamespaceRules namespaces;
    private final Listeners listeners;

    Attachments(NamespaceRules namespaces, Listeners listeners) {
        this.namespaces = namespaces;
        this.listeners = listeners;
    }

    /** A listener, and the hosts of the route that it serves. */
    record Attachment(Listener listener, Set<Hostname> hosts) {}

    /**
     * What comes of it.
     *
     * @param found none where it does not hold
     */
    record Result(Verdict accepted, List<Attachment> found) {
        private static Result none(String reason, String message) {
            return new Result(Verdict.no(reason, message), List.of());
        }
    }

    /** By one parent, which is a Gateway of ours or one of its ListenerSets. */
    Result of(GatewayRoute route, HttpRoute.ParentRef parent, ObjectRef target) {
        var named = listeners.by(target).stream()
                .filter(listener -> parent.sectionName().isEmpty()
                        || parent.sectionName().equals(listener.spec().name()))
                .filter(listener -> parent.port().isEmpty()
                        || parent.port().getAsInt() == listener.spec().port())
                .toList();
        if (named.isEmpty()) {
            return Result.none(
                    "NoMatchingParent", target + " has no listener of that name and port; correct sectionName or port");
        }
        var open = named.stream().filter(listener -> isAllowed(route, listener)).toList();
        if (open.isEmpty()) {
            var isKind = named.stream().anyMatch(listener -> listener.takes(route.kind()));
            return Result.none(
                    "NotAllowedByListeners",
                    isKind
                            ? "no listener of " + target + " takes routes of namespace "
                                    + route.key().namespace()
                                    + "; let its labels fit the selector there, or set allowedRoutes.namespaces.from to "
                                    + (route.key()
                                                    .namespace()
                                                    .equals(target.key().namespace())
                                            ? "Same"
                                            : "All")
                            : "no listener of " + target + " takes " + route.kind()
                                    + "s; allow them in allowedRoutes.kinds of one whose protocol carries them");
        }
        var found = new ArrayList<Attachment>();
        for (var listener : open) {
            var hosts = hosts(route, listener);
            if (!hosts.isEmpty()) {
                found.add(new Attachment(listener, hosts));
            }
        }
        return found.isEmpty()
                ? Result.none(
                        "NoMatchingListenerHostname",
                        "no listener of " + target + " has a hostname of this route; correct one of them")
                : new Result(Verdict.yes("Accepted"), found);
    }

    private boolean isAllowed(GatewayRoute route, Listener listener) {
        return listener.takes(route.kind())
                && namespaces.allow(
                        listener.spec().allowed().namespaces(),
                        listener.owner().namespace(),
                        route.key().namespace());
    }

    private static Set<Hostname> hosts(GatewayRoute route, Listener listener) {
        if (route.hostnames().isEmpty()) {
            return Set.of(listener.host());
        }
        var hosts = new LinkedHashSet<Hostname>();
        for (var text : route.hostnames()) {
            Listeners.hostname(text)
                    .filter(host -> !(host instanceof Hostname.Any))
                    .flatMap(host -> Hostname.intersection(listener.host(), host))
                    .ifPresent(hosts::add);
        }
        return hosts;
    }

    /** Those of an attachment that no other listener has. */
    List<Hostname> served(Attachment attachment) {
        return attachment.hosts().stream()
                .filter(host -> !listeners.isIsolated(attachment.listener(), host))
                .toList();
    }

    /** The object that a parent means, if it is one of these Gateways or of their ListenerSets. */
    static Optional<ObjectRef> target(
            GatewayRoute route, HttpRoute.ParentRef parent, Map<ObjectKey, Gateway> gateways, ListenerSets sets) {
        var key = parent.object().from(route.key().namespace());
        if (parent.object().isOf(Gateway.KIND)) {
            return Optional.ofNullable(gateways.get(key)).map(Gateway::ref);
        }
        return parent.object().isOf(ListenerSet.KIND) && sets.know(key)
                ? Optional.of(ListenerSet.KIND.ref(key))
                : Optional.empty();
    }
}
