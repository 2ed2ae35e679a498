package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.Hostname;
import dev.adit.translate.gateway.Listeners.Listener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** To which listeners a route comes by one of its {@code parentRefs}, and for which hosts. */
final class Attachments {
    private final Listeners listeners;

    Attachments(Listeners listeners) {
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

    /** By one parent, which is a Gateway of ours. */
    Result of(HttpRoute route, HttpRoute.ParentRef parent, Gateway gateway) {
        var named = listeners.of(gateway).stream()
                .filter(listener -> parent.sectionName().isEmpty()
                        || parent.sectionName().equals(listener.spec().name()))
                .filter(listener -> parent.port().isEmpty()
                        || parent.port().getAsInt() == listener.spec().port())
                .toList();
        if (named.isEmpty()) {
            return Result.none(
                    "NoMatchingParent",
                    "Gateway " + gateway.key() + " has no listener of that name and port; correct sectionName or port");
        }
        var open = named.stream().filter(listener -> isAllowed(route, listener)).toList();
        if (open.isEmpty()) {
            var isKind = named.stream().anyMatch(Listener::takesHttpRoutes);
            return Result.none(
                    "NotAllowedByListeners",
                    isKind
                            ? "no listener of Gateway " + gateway.key() + " takes routes of namespace "
                                    + route.key().namespace() + "; set allowedRoutes.namespaces.from to "
                                    + (route.key()
                                                    .namespace()
                                                    .equals(gateway.key().namespace())
                                            ? "Same"
                                            : "All")
                                    + " there"
                            : "no listener of Gateway " + gateway.key()
                                    + " takes HTTPRoutes; allow them in allowedRoutes.kinds there");
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
                        "no listener of Gateway " + gateway.key()
                                + " has a hostname of this route; correct one of them")
                : new Result(Verdict.yes("Accepted"), found);
    }

    private static boolean isAllowed(HttpRoute route, Listener listener) {
        var from = listener.spec().allowed().from();
        var isNear = route.key().namespace().equals(listener.gateway().key().namespace());
        // Of labels of namespaces nothing is known yet, and a route that may be there by mistake is kept out.
        return listener.takesHttpRoutes() && (from.equals("All") || (from.equals("Same") && isNear));
    }

    private static Set<Hostname> hosts(HttpRoute route, Listener listener) {
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

    /** The Gateway that a parent means, if it is one of these. */
    static Optional<Gateway> gateway(HttpRoute route, HttpRoute.ParentRef parent, Map<ObjectKey, Gateway> gateways) {
        return parent.object().isOf(Gateway.KIND)
                ? Optional.ofNullable(
                        gateways.get(parent.object().from(route.key().namespace())))
                : Optional.empty();
    }
}
