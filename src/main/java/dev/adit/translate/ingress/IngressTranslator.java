package dev.adit.translate.ingress;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Problems;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.ClassParameters;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.adit.AditDialect;
import dev.adit.translate.endpoints.EndpointCollector;
import dev.adit.translate.endpoints.EndpointProblems;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Ingress v1: what all own Ingresses together mean. */
public final class IngressTranslator {
    // The first fails where any Ingress does; the second should not.
    private static final int ATTEMPTS = 4;

    private final TranslationOptions options;

    public IngressTranslator(TranslationOptions options) {
        this.options = options;
    }

    /**
     * What a snapshot means. One Ingress after the other is read into the same tables; where one fails, by whatever
     * {@link Throwable}, half of it may be in them, and all others are read once more without it.
     *
     * @param now for the validity of certificates
     */
    public Translation translate(KubeSnapshot snapshot, Instant now) {
        return translate(snapshot, now, Optional.empty());
    }

    /**
     * What a few Ingresses mean that have no default backend.
     *
     * @param snapshot these Ingresses, and all that they refer to
     * @param general the default backend for all requests, which another Ingress has
     */
    public Translation translate(KubeSnapshot snapshot, Instant now, Optional<Route> general) {
        var selector = new ClassSelector(snapshot, options);
        var own = snapshot.all(Ingress.KIND)
                .filter(selector::selects)
                .sorted(Translation.OLDEST_FIRST)
                .toList();
        var refusals = new Refusals(AditDialect.DIALECT);
        own.forEach(refusals::judge);
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var refused = refusals.size();
            var translation = translate(snapshot, own, refusals, now, general);
            if (refusals.size() == refused) {
                return translation;
            }
        }
        throw new IllegalStateException("with each attempt another Ingress could not be read; the last was "
                + refusals.problems().stream().reduce((_, last) -> last).orElseThrow());
    }

    /** With what those say that are not refused; others may be refused meanwhile. */
    private Translation translate(
            KubeSnapshot snapshot, List<Ingress> own, Refusals refusals, Instant now, Optional<Route> general) {
        var problems = new Problems();
        snapshot.problems().forEach(problems::add);
        var dialect = AditDialect.DIALECT;
        var annotations = new AnnotationReader(dialect, ofClass(dialect, snapshot, problems), problems);
        var backends = new BackendResolver(snapshot, options, annotations, problems);
        var owners = new HostOwners();
        var hosts = new HostCollector(owners, annotations, problems);
        var clients = new ClientCaResolver(snapshot, annotations, problems);
        var rules = new RuleReader(options, hosts, owners, backends, annotations, clients, problems);
        var paths = new PathParser(options.maxTarget(), problems);
        var certificates = new CertificateResolver(snapshot, owners, problems, now);
        var defaults = new HashMap<ObjectKey, Route>();
        for (var ingress : own) {
            try {
                if (refusals.contains(ingress)) {
                    refusals.close(ingress, hosts, owners, paths)
                            .ifPresent(route -> defaults.put(ingress.key(), route));
                } else {
                    rules.read(ingress).ifPresent(route -> defaults.put(ingress.key(), route));
                    certificates.resolve(ingress);
                }
            } catch (Throwable e) {
                refusals.add(ingress, e);
            }
        }
        refusals.problems().forEach(problems::add);
        var defaultRoute = general.or(() -> defaultRoute(own, defaults, backends));
        var table = new RoutingTable(hosts.hosts(defaultRoute), certificates.certificates());
        var endpoints = new EndpointCollector(snapshot::slicesOf, options.location());
        var found = new EndpointTable(endpoints.collect(backends.upstreams()));
        var judge = new EndpointProblems(snapshot, problems);
        backends.upstreams().stream()
                .map(upstream -> new ObjectKey(upstream.namespace(), upstream.service()))
                .distinct()
                .forEach(judge::find);
        judge.unreadable(endpoints.failures());
        return new Translation(table, found, own, defaultRoute, problems.all());
    }

    private Annotations ofClass(Dialect dialect, KubeSnapshot snapshot, Problems problems) {
        var parameters = new ClassParameters(dialect, snapshot, options.ownNamespace(), problems);
        var own = new ClassSelector(snapshot, options).own();
        if (own.isEmpty()) {
            return parameters.none();
        }
        try {
            return parameters.of(own.get());
        } catch (Throwable e) {
            var key = own.get().key();
            problems.add(Problem.unreadable("IngressClass", key, own.get().uid(), e, "It is served without settings"));
            return parameters.none();
        }
    }

    /** Whether an Ingress is ours, by the classes of a snapshot. */
    public boolean selects(KubeSnapshot classes, Ingress ingress) {
        return new ClassSelector(classes, options).selects(ingress);
    }

    /** The Service of the default backend of all, if there is one. */
    public Optional<ObjectKey> generalService() {
        return options.defaultBackend().map(backend -> backend.service());
    }

    /** The Secrets that the own Ingresses name. */
    public Set<ObjectKey> secrets(KubeSnapshot snapshot) {
        var selector = new ClassSelector(snapshot, options);
        var named = new HashSet<ObjectKey>();
        snapshot.all(Ingress.KIND).filter(selector::selects).forEach(ingress -> named.addAll(ingress.secrets()));
        return named;
    }

    /** The Services that the own Ingresses send requests to. */
    public Set<ObjectKey> services(KubeSnapshot snapshot) {
        var selector = new ClassSelector(snapshot, options);
        var named = new HashSet<ObjectKey>();
        options.defaultBackend().ifPresent(backend -> named.add(backend.service()));
        snapshot.all(Ingress.KIND).filter(selector::selects).forEach(ingress -> named.addAll(ingress.services()));
        return named;
    }

    /**
     * The endpoints alone, of some upstreams.
     *
     * @return nothing where a slice cannot be read: it takes the whole translation to say so
     */
    public Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices) {
        var collector = new EndpointCollector(slices, options.location());
        var endpoints = collector.collect(upstreams);
        return collector.failures().isEmpty() ? endpoints : Map.of();
    }

    /** The oldest default backend, then that of the command line. */
    private Optional<Route> defaultRoute(List<Ingress> own, Map<ObjectKey, Route> defaults, BackendResolver backends) {
        return own.stream()
                .flatMap(i -> Stream.ofNullable(defaults.get(i.key())))
                .findFirst()
                .or(() -> options.defaultBackend().map(b -> {
                    var action = backends.resolve(b.service(), b.port())
                            .<Route.Action>map(forward -> forward)
                            .orElseGet(() -> BackendResolver.unavailable(Reason.SERVICE_NOT_FOUND));
                    var origin =
                            new RouteOrigin(b.service().namespace(), b.service().name(), HostCollector.COMMAND_LINE);
                    return new Route(RuleReader.EVERY_REQUEST, action, origin);
                }));
    }
}
