package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.TransportPolicy;
import dev.adit.translate.Problems;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.settings.SettingsReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the rules and the default backend of one Ingress after the other into the hosts that all of them share. */
final class RuleReader {
    private static final PathMatch EVERY_PATH = new PathMatch.Prefix("/");

    private final TranslationOptions options;
    private final HostCollector hosts;
    private final BackendResolver backends;
    private final SettingsReader settings;
    private final ClientCaResolver clients;
    private final PathParser paths;
    private final Problems problems;
    private final Map<ObjectKey, Set<Hostname>> tlsHosts = new HashMap<>();

    RuleReader(
            TranslationOptions options,
            HostCollector hosts,
            BackendResolver backends,
            SettingsReader settings,
            ClientCaResolver clients,
            Problems problems) {
        this.options = options;
        this.hosts = hosts;
        this.backends = backends;
        this.settings = settings;
        this.clients = clients;
        this.paths = new PathParser(options.maxTarget(), problems);
        this.problems = problems;
    }

    /** Returns the route of its default backend, if it has one. */
    Optional<Route> read(Ingress ingress) {
        var _ = settings.read(ingress); // so that what is wrong with them is told wherever the backends are
        var fallback = defaultBackend(ingress);
        for (var i = 0; i < ingress.rules().size(); i++) {
            rule(ingress, ingress.rules().get(i), "spec.rules[" + i + "]", fallback);
        }
        return fallback;
    }

    private void rule(Ingress ingress, Ingress.Rule rule, String field, Optional<Route> fallback) {
        var host = Hostname.parse(rule.host());
        if (host.isEmpty()) {
            var message = "'" + rule.host() + "' is not a host name; write it as host.example.com or *.example.com";
            problems.add(ingress, field + ".host", Reason.HOST_INVALID, message);
            return;
        }
        var routes = routes(ingress, rule, field, transport(ingress, host.get()));
        if (routes.isEmpty() && !rule.paths().isEmpty()) {
            return; // nothing of it is valid, and so it takes the host from nobody
        }
        hosts.claim(host.get());
        if (!(clients.of(ingress) instanceof ClientCaResolver.Demand.None)) {
            hosts.judges(host.get(), ingress);
        }
        fallback.ifPresent(route -> hosts.fallback(host.get(), route));
        routes.forEach(route -> hosts.add(host.get(), ingress, route));
        if (settings.read(ingress).passesTls().orElse(false)) {
            if (host.get() instanceof Hostname.Any) {
                var message = "TLS can pass only by the name of a host; give the rule one";
                problems.add(ingress, field + ".host", Reason.HOST_INVALID, message);
            } else if (settings.read(ingress).clientCa().isPresent()) {
                var message = "TLS cannot pass where the certificates of clients are judged here (adit.dev/client-ca),"
                        + " and does not; let the endpoint judge them, and remove that annotation";
                problems.add(
                        ingress, "metadata.annotations[adit.dev/ssl-passthrough]", Reason.ANNOTATION_INVALID, message);
            } else {
                passthrough(host.get(), ingress, routes, fallback);
            }
        }
    }

    /** To where plain requests for every path go, since no path is seen: the shortest one, else the default backend. */
    private void passthrough(Hostname host, Ingress ingress, List<Route> routes, Optional<Route> fallback) {
        var shortest = routes.stream()
                .min(Comparator.comparingInt(route -> route.path().length()));
        if (shortest.or(() -> fallback).map(Route::action).orElse(null) instanceof Route.Action.Forward forward) {
            hosts.passthrough(host, ingress, forward);
        }
    }

    private List<Route> routes(Ingress ingress, Ingress.Rule rule, String field, TransportPolicy transport) {
        var routes = new ArrayList<Route>();
        for (var j = 0; j < rule.paths().size(); j++) {
            var path = rule.paths().get(j);
            var place = field + ".http.paths[" + j + "]";
            paths.parse(ingress, place, path).ifPresent(parsed -> {
                // A challenge has one path, and nobody else's rule for it comes first.
                var match = ingress.isAcmeSolver() ? new PathMatch.Exact(parsed.path()) : parsed;
                var action = action(ingress, place + ".backend", path.backend());
                routes.add(new Route(match, action, HostCollector.origin(ingress, place), transport));
            });
        }
        return routes;
    }

    private Route.Action action(Ingress ingress, String field, Ingress.Backend backend) {
        var action = backends.resolve(ingress, field, backend);
        return clients.of(ingress) instanceof ClientCaResolver.Demand.Unknown(var reason)
                ? new Route.Action.Unavailable(reason.camelCase())
                : action;
    }

    private TransportPolicy transport(Ingress ingress, Hostname host) {
        var hasCertificate =
                tlsHosts.computeIfAbsent(ingress.key(), _ -> tlsHosts(ingress)).contains(host);
        return settings.transport(ingress, options.redirectsToHttps() && hasCertificate, clients.authorities(ingress));
    }

    private static Set<Hostname> tlsHosts(Ingress ingress) {
        return ingress.tls().stream()
                .flatMap(tls -> tls.hosts().stream())
                .flatMap(text -> Hostname.parse(text).stream())
                .collect(Collectors.toSet());
    }

    private Optional<Route> defaultBackend(Ingress ingress) {
        var field = "spec.defaultBackend";
        return ingress.defaultBackend().map(backend -> {
            var action = action(ingress, field, backend);
            var origin = HostCollector.origin(ingress, field);
            return new Route(
                    EVERY_PATH, action, origin, settings.transport(ingress, false, clients.authorities(ingress)));
        });
    }
}
