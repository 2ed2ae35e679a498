package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Ingress v1: what all own Ingresses together mean. */
public final class IngressTranslator {
    // Oldest first, so that a later object never takes away what an earlier one serves.
    private static final Comparator<Ingress> OLDEST_FIRST =
            Comparator.comparing(Ingress::createdAt).thenComparing(Ingress::key);
    private static final PathMatch EVERY_PATH = new PathMatch.Prefix("/");

    private final TranslationOptions options;

    public IngressTranslator(TranslationOptions options) {
        this.options = options;
    }

    public Translation translate(KubeSnapshot snapshot) {
        var selector = new ClassSelector(snapshot, options);
        var own = snapshot.ingresses().values().stream()
                .filter(selector::selects)
                .sorted(OLDEST_FIRST)
                .toList();
        var problems = new Problems();
        snapshot.problems().forEach(problems::add);
        var backends = new BackendResolver(snapshot, problems);
        var hosts = new HostCollector(problems);
        var certificates = new CertificateResolver(snapshot, problems);
        var defaults = new HashMap<ObjectKey, Route>();
        for (var ingress : own) {
            var fallback = defaultBackend(ingress, backends);
            fallback.ifPresent(route -> defaults.put(ingress.key(), route));
            rules(ingress, fallback, hosts, backends, problems);
            certificates.resolve(ingress);
        }
        var table = new RoutingTable(hosts.hosts(), fallback(own, defaults, backends), certificates.certificates());
        var endpoints = new EndpointCollector(snapshot).collect(backends.upstreams());
        return new Translation(table, endpoints, own, problems.all());
    }

    private static void rules(
            Ingress ingress,
            Optional<Route> fallback,
            HostCollector hosts,
            BackendResolver backends,
            Problems problems) {
        var paths = new PathParser(problems);
        for (var i = 0; i < ingress.rules().size(); i++) {
            var rule = ingress.rules().get(i);
            var field = "spec.rules[" + i + "]";
            var host = Hostname.parse(rule.host());
            if (host.isEmpty()) {
                var message = "'" + rule.host() + "' is not a host name; write it as host.example.com or *.example.com";
                problems.add(ingress, field + ".host", Reason.HOST_INVALID, message);
                continue;
            }
            hosts.claim(host.get());
            fallback.ifPresent(route -> hosts.fallback(host.get(), route));
            for (var j = 0; j < rule.paths().size(); j++) {
                var path = rule.paths().get(j);
                var place = field + ".http.paths[" + j + "]";
                paths.parse(ingress, place, path).ifPresent(match -> {
                    var action = backends.resolve(ingress, place + ".backend", path.backend());
                    hosts.add(host.get(), ingress, new Route(match, action, HostCollector.origin(ingress, place)));
                });
            }
        }
    }

    private static Optional<Route> defaultBackend(Ingress ingress, BackendResolver backends) {
        var field = "spec.defaultBackend";
        return ingress.defaultBackend()
                .map(b -> new Route(
                        EVERY_PATH, backends.resolve(ingress, field, b), HostCollector.origin(ingress, field)));
    }

    /** The oldest Ingress without rules, then the oldest default backend of any, then that of the command line. */
    private Optional<Route> fallback(List<Ingress> own, Map<ObjectKey, Route> defaults, BackendResolver backends) {
        var withoutRules = own.stream().filter(i -> i.rules().isEmpty());
        return Stream.concat(withoutRules, own.stream())
                .flatMap(i -> Stream.ofNullable(defaults.get(i.key())))
                .findFirst()
                .or(() -> options.defaultBackend().map(b -> {
                    var action = backends.resolve(b.service(), b.port())
                            .<Route.Action>map(forward -> forward)
                            .orElseGet(() -> new Route.Action.Unavailable(Reason.SERVICE_NOT_FOUND.camelCase()));
                    var origin =
                            new RouteOrigin(b.service().namespace(), b.service().name(), "--default-backend");
                    return new Route(EVERY_PATH, action, origin);
                }));
    }
}
