package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges the rules of all Ingresses by host; what came first stays. */
final class HostCollector {
    private final Map<Hostname, Map<PathMatch, Route>> routes = new LinkedHashMap<>();
    private final Map<Hostname, Route> fallbacks = new HashMap<>();
    private final Map<Hostname, Passing> passthrough = new LinkedHashMap<>();
    private final Map<Hostname, Ingress> judging = new HashMap<>();
    private final Problems problems;

    private record Passing(Ingress ingress, Route.Action.Forward forward) {}

    HostCollector(Problems problems) {
        this.problems = problems;
    }

    /** Makes the host own its requests, even if it has no route yet. */
    void claim(Hostname host) {
        routes.computeIfAbsent(host, _ -> new LinkedHashMap<>());
    }

    void add(Hostname host, Ingress ingress, Route route) {
        claim(host);
        var first = routes.getOrDefault(host, Map.of()).putIfAbsent(route.path(), route);
        if (first == null) {
            return;
        }
        var isElsewhere = !first.action().equals(route.action());
        if (isElsewhere || !first.transport().equals(route.transport())) {
            var how = isElsewhere ? "elsewhere" : "on other terms (TLS, clients)";
            var message =
                    "host " + host.text() + " already sends " + route.path().path() + " " + how + " by "
                            + first.origin() + ", which comes first and stays; remove one of the two";
            problems.add(ingress, route.origin().field(), Reason.PATH_CONFLICT, message);
        }
    }

    void fallback(Hostname host, Route route) {
        fallbacks.putIfAbsent(host, route);
    }

    void passthrough(Hostname host, Ingress ingress, Route.Action.Forward forward) {
        passthrough.putIfAbsent(host, new Passing(ingress, forward));
    }

    /** The certificates of clients are judged here, at least for some path. */
    void judges(Hostname host, Ingress ingress) {
        judging.putIfAbsent(host, ingress);
    }

    /** Where TLS passes: not where that would pass whoever is to be judged. */
    Map<Hostname, Route.Action.Forward> passthrough() {
        var passing = new HashMap<Hostname, Route.Action.Forward>();
        passthrough.forEach((host, entry) -> {
            var judge = judging.get(host);
            if (judge == null) {
                passing.put(host, entry.forward());
            } else {
                var message =
                        "TLS for " + host.text() + " cannot pass, since the certificates of its clients are judged"
                                + " here by Ingress " + judge.key() + "; remove one of the two annotations";
                problems.add(
                        entry.ingress(),
                        "metadata.annotations[adit.dev/ssl-passthrough]",
                        Reason.PATH_CONFLICT,
                        message);
            }
        });
        return passing;
    }

    List<Host> hosts() {
        return routes.entrySet().stream()
                .map(e -> new Host(
                        e.getKey(), List.copyOf(e.getValue().values()), Optional.ofNullable(fallbacks.get(e.getKey()))))
                .toList();
    }

    static RouteOrigin origin(Ingress ingress, String field) {
        return new RouteOrigin(ingress.key().namespace(), ingress.key().name(), field);
    }
}
