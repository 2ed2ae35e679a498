package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.TransportPolicy;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges the rules of all Ingresses by host; what came first stays. */
final class HostCollector {
    private static final String CLIENT_CA = "metadata.annotations[adit.dev/client-ca]";
    private static final String PASSTHROUGH = "metadata.annotations[adit.dev/ssl-passthrough]";

    private final Map<Hostname, Shared> hosts = new LinkedHashMap<>();
    private final HostOwners owners;
    private final Problems problems;

    private record Entry(Ingress ingress, Route route) {
        boolean asksClients() {
            return route.transport().clients().isPresent();
        }
    }

    /** One host with the rules of all. */
    private static final class Shared {
        private final Ingress owner;
        private final Map<PathMatch, Entry> routes = new LinkedHashMap<>();
        private @Nullable Entry fallback;
        private Route.Action.@Nullable Forward passthrough;

        Shared(Ingress owner) {
            this.owner = owner;
        }

        boolean isOfOwner(Entry entry) {
            return entry.ingress().key().namespace().equals(owner.key().namespace());
        }

        Stream<Entry> entries() {
            return Stream.concat(routes.values().stream(), Stream.ofNullable(fallback));
        }
    }

    HostCollector(HostOwners owners, Problems problems) {
        this.owners = owners;
        this.problems = problems;
    }

    /** Makes the host own its requests, even if it has no route yet. */
    void claim(Hostname host, Ingress ingress) {
        shared(host, ingress);
    }

    private Shared shared(Hostname host, Ingress ingress) {
        return hosts.computeIfAbsent(host, _ -> new Shared(owners.claim(host, ingress)));
    }

    void add(Hostname host, Ingress ingress, Route route) {
        var entry = shared(host, ingress).routes.putIfAbsent(route.path(), new Entry(ingress, route));
        if (entry == null) {
            return;
        }
        var first = entry.route();
        var isElsewhere = !first.action().equals(route.action());
        if (isElsewhere || !first.transport().equals(route.transport())) {
            var how = isElsewhere ? "elsewhere" : "on other terms (TLS, clients)";
            var message =
                    "host " + host.text() + " already sends " + route.path().path() + " " + how + " by "
                            + first.origin() + ", which comes first and stays; remove one of the two";
            problems.add(ingress, route.origin().field(), Reason.PATH_CONFLICT, message);
        }
    }

    void fallback(Hostname host, Ingress ingress, Route route) {
        var shared = shared(host, ingress);
        if (shared.fallback == null) {
            shared.fallback = new Entry(ingress, route);
        }
    }

    /**
     * An Ingress lets the TLS of a host pass. Only its owner may: whoever ends the TLS of a host serves all of it.
     *
     * @param forward to where; empty where that cannot be found
     */
    void passthrough(Hostname host, Ingress ingress, Optional<Route.Action.Forward> forward) {
        var shared = shared(host, ingress);
        if (shared.owner.key().equals(ingress.key())) {
            owners.passTls(host);
            if (shared.passthrough == null) {
                shared.passthrough = forward.orElse(null);
            }
        } else if (shared.passthrough == null || !shared.passthrough.equals(forward.orElse(null))) {
            var message = "Ingress " + shared.owner.key() + ", the oldest for host " + host.text()
                    + ", decides where its TLS ends: "
                    + (shared.passthrough == null ? "here" : "at " + shared.passthrough.upstream())
                    + ". This annotation has no effect on it; remove it, or set it there";
            problems.add(ingress, PASSTHROUGH, Reason.PATH_CONFLICT, message);
        }
    }

    /** Where TLS passes. */
    Map<Hostname, Route.Action.Forward> passthrough() {
        var passing = new HashMap<Hostname, Route.Action.Forward>();
        hosts.forEach((host, shared) -> {
            if (shared.passthrough != null) {
                passing.put(host, shared.passthrough);
            }
        });
        return passing;
    }

    List<Host> hosts() {
        return hosts.entrySet().stream()
                .map(e -> host(e.getKey(), e.getValue()))
                .toList();
    }

    private Host host(Hostname name, Shared shared) {
        var isAsked = shared.entries().anyMatch(entry -> shared.isOfOwner(entry) && entry.asksClients());
        var routes = shared.routes.values().stream()
                .map(entry -> served(name, shared, isAsked, entry))
                .toList();
        return new Host(
                name,
                shared.owner.key().namespace(),
                routes,
                Optional.ofNullable(shared.fallback).map(entry -> served(name, shared, isAsked, entry)));
    }

    /**
     * Closes a route whose clients cannot be judged: no handshake asks for certificates because of a guest, and where TLS
     * passes none is seen here.
     */
    private Route served(Hostname host, Shared shared, boolean isAsked, Entry entry) {
        var route = entry.route();
        var passes = shared.passthrough != null;
        if (!entry.asksClients() || (!passes && (isAsked || shared.isOfOwner(entry)))) {
            return route;
        }
        var why = passes ? "it passes TLS to the endpoint" : "its namespace asks the clients of that host for none";
        var message = "client certificates for host " + host.text() + " cannot be checked: Ingress "
                + shared.owner.key() + ", the oldest for it, decides what its TLS asks for, and " + why
                + ". The rules of this Ingress answer 503 there; use another host, or set client-ca on that Ingress"
                + (passes ? " instead of ssl-passthrough" : "");
        problems.add(entry.ingress(), CLIENT_CA, Reason.PATH_CONFLICT, message);
        return new Route(
                route.path(),
                new Route.Action.Unavailable(Reason.PATH_CONFLICT.camelCase()),
                route.origin(),
                new TransportPolicy(false, route.transport().hsts(), Optional.empty()));
    }

    static RouteOrigin origin(Ingress ingress, String field) {
        return new RouteOrigin(ingress.key().namespace(), ingress.key().name(), field);
    }
}
