package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.Ingress;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.Redirect;
import dev.adit.translate.gateway.Listeners.Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The hosts of all listeners, by their ports. A listener owns the requests to its hostname, whether a route takes them or not. On a
 * port that Ingresses have too, a name is the older object's ({@link NameOwners}): the hostname of a listener is as old as its Gateway,
 * and one that only routes name as the oldest of these, if that is younger.
 */
final class PortTables {
    private final Listeners listeners;
    private final Map<Integer, Map<Hostname, Entry>> ports = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private record Entry(Listener listener, List<HttpRoute> objects, List<Route> routes) {
        Instant since(Hostname name) {
            var since = listener.gateway().createdAt();
            return listener.host().equals(name) || objects.isEmpty()
                    ? since
                    : later(since, objects.getFirst().createdAt());
        }

        private static Instant later(Instant one, Instant other) {
            return one.isBefore(other) ? other : one;
        }
    }

    PortTables(Listeners listeners) {
        this.listeners = listeners;
        listeners.all().stream().filter(Listener::isServing).forEach(listener -> entry(listener, listener.host()));
    }

    private Entry entry(Listener listener, Hostname host) {
        return ports.computeIfAbsent(listener.spec().port(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(host, _ -> new Entry(listener, new ArrayList<>(1), new ArrayList<>()));
    }

    /** The routes of an object for some hosts; those of older objects were added before. */
    void add(HttpRoute object, Listener listener, List<Hostname> hosts, List<Route> routes) {
        if (!listener.isServing()) {
            return;
        }
        var ofPort = routes.stream()
                .map(route -> onPort(route, listener.spec().port()))
                .toList();
        for (var host : hosts) {
            var entry = entry(listener, host);
            entry.objects().add(object);
            entry.routes().addAll(ofPort);
        }
    }

    /** "When empty, port (if specified) of the request is used" is for others: "the Gateway Listener port" is what a redirect goes to. */
    private static Route onPort(Route route, int port) {
        var redirect = route.policy(Redirect.class)
                .filter(one -> one.scheme().isEmpty() && one.port().isEmpty());
        if (redirect.isEmpty()) {
            return route;
        }
        var policies = route.policies().stream()
                .map(policy -> policy instanceof Redirect(var scheme, var host, var _, var path, var status)
                        ? (Policy) new Redirect(scheme, host, OptionalInt.of(port), path, status)
                        : policy)
                .toList();
        return new Route(route.match(), policies, route.action(), route.origin());
    }

    /** All of them, but for those that Ingresses keep. */
    Map<Integer, List<Host>> hosts(NameOwners owners) {
        var all = new HashMap<Integer, List<Host>>();
        ports.forEach((port, entries) -> entries.forEach((name, entry) -> {
            var since = entry.since(name);
            var keeper = owners.keeper(name, since);
            keeper.ifPresentOrElse(ingress -> kept(entry, name, ingress), () -> {
                all.computeIfAbsent(port, _ -> new ArrayList<>())
                        .add(new Host(name, entry.listener().gateway().key().namespace(), entry.routes()));
                owners.holder(name).ifPresent(ingress -> taken(entry, name, ingress));
            });
        }));
        return all;
    }

    /** Those of the listeners, for the names that no Ingress keeps and no other listener has. */
    List<Certificate> certificates(NameOwners owners) {
        var all = new ArrayList<Certificate>();
        for (var listener : listeners.all()) {
            for (var certificate : listener.isServing() ? listener.certificates() : List.<Certificate>of()) {
                var names = certificate.hosts().stream()
                        .filter(name -> !listeners.isIsolated(listener, Hostname.ofEitherWildcard(name)))
                        .filter(name -> isOwn(listener, name, owners))
                        .toList();
                if (!names.isEmpty()) {
                    all.add(new Certificate(names, certificate.secret(), certificate.key(), certificate.chain()));
                }
            }
        }
        return all;
    }

    /** A listener for any name has only those that nobody names. */
    private static boolean isOwn(Listener listener, Hostname name, NameOwners owners) {
        return listener.host() instanceof Hostname.Any
                ? Stream.of(name, new Hostname.Subdomains(Hostname.wildcardSuffix(name.text())))
                        .allMatch(either -> owners.holder(either).isEmpty())
                : owners.keeper(name, listener.gateway().createdAt()).isEmpty();
    }

    private void kept(Entry entry, Hostname name, Ingress keeper) {
        var message = "host " + name.text() + " belongs to Ingress " + keeper.key()
                + ", which is older. It is not served by listener "
                + entry.listener().spec().name() + "; remove it from that Ingress, or use another host";
        if (entry.objects().isEmpty()) {
            var gateway = entry.listener().gateway();
            problems.add(new Problem(
                    Gateway.KIND.name(),
                    gateway.key(),
                    gateway.uid(),
                    "spec.listeners",
                    Reason.PATH_CONFLICT,
                    message));
        }
        entry.objects()
                .forEach(route -> problems.add(new Problem(
                        HttpRoute.KIND.name(),
                        route.key(),
                        route.uid(),
                        "spec.hostnames",
                        Reason.PATH_CONFLICT,
                        message)));
    }

    private void taken(Entry entry, Hostname name, Ingress ingress) {
        var gateway = entry.listener().gateway();
        var message = "host " + name.text() + " belongs to Gateway " + gateway.key()
                + ", which, with its routes, is older. On port "
                + entry.listener().spec().port()
                + " no rule of this Ingress is served for it; remove it from that Gateway, or use another host";
        problems.add(Problem.of(ingress, "spec.rules", Reason.PATH_CONFLICT, message));
    }

    List<Problem> problems() {
        return problems;
    }
}
