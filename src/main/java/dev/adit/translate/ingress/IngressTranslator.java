package dev.adit.translate.ingress;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Problems;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.settings.ClassSettings;
import dev.adit.translate.settings.Settings;
import dev.adit.translate.settings.SettingsReader;
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
    private static final PathMatch EVERY_PATH = new PathMatch.Prefix("/");

    private final TranslationOptions options;

    public IngressTranslator(TranslationOptions options) {
        this.options = options;
    }

    /**
     * What a snapshot means.
     *
     * @param now for the validity of certificates
     */
    public Translation translate(KubeSnapshot snapshot, Instant now) {
        var selector = new ClassSelector(snapshot, options);
        var own = snapshot.ingresses().values().stream()
                .filter(selector::selects)
                .sorted(Translation.OLDEST_FIRST)
                .toList();
        var problems = new Problems();
        snapshot.problems().forEach(problems::add);
        var defaults = selector.own()
                .map(found -> ClassSettings.of(found, snapshot, options.ownNamespace(), problems))
                .orElse(Settings.NONE);
        var settings = new SettingsReader(defaults, problems);
        var backends = new BackendResolver(snapshot, options, settings, problems);
        var hosts = new HostCollector(problems);
        var clients = new ClientCaResolver(snapshot, settings, problems);
        var rules = new RuleReader(options, hosts, backends, settings, clients, problems);
        var certificates = new CertificateResolver(snapshot, problems, now);
        var fallbacks = new HashMap<ObjectKey, Route>();
        for (var ingress : own) {
            rules.read(ingress).ifPresent(route -> fallbacks.put(ingress.key(), route));
            certificates.resolve(ingress);
        }
        var table = new RoutingTable(
                hosts.hosts(), fallback(own, fallbacks, backends), certificates.certificates(), hosts.passthrough());
        var endpoints = endpoints(backends.upstreams(), snapshot::slicesOf);
        backends.upstreams().forEach(upstream -> addresses(upstream, snapshot, problems));
        return new Translation(table, new EndpointTable(endpoints), own, problems.all());
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
        for (var ingress : snapshot.ingresses().values()) {
            if (selector.selects(ingress)) {
                named.addAll(ingress.secrets());
            }
        }
        return named;
    }

    /** The Services that the own Ingresses send requests to. */
    public Set<ObjectKey> services(KubeSnapshot snapshot) {
        var selector = new ClassSelector(snapshot, options);
        var named = new HashSet<ObjectKey>();
        options.defaultBackend().ifPresent(backend -> named.add(backend.service()));
        for (var ingress : snapshot.ingresses().values()) {
            if (selector.selects(ingress)) {
                named.addAll(ingress.services());
            }
        }
        return named;
    }

    private static void addresses(UpstreamId upstream, KubeSnapshot snapshot, Problems problems) {
        for (var slice : snapshot.slicesOf(new ObjectKey(upstream.namespace(), upstream.service()))) {
            for (var i = 0; i < slice.endpoints().size(); i++) {
                for (var address : slice.endpoints().get(i).addresses()) {
                    if (!EndpointCollector.isAddress(address)) {
                        var field = "endpoints[" + i + "].addresses";
                        var message = "'" + address + "' is no IP address, and gets no request; write one";
                        problems.add(
                                new Problem("EndpointSlice", slice.key(), "", field, Reason.ADDRESS_INVALID, message));
                    }
                }
            }
        }
    }

    /** The endpoints alone, of some upstreams. */
    public Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices) {
        return new EndpointCollector(slices, options.location()).collect(upstreams);
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
