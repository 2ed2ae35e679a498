package dev.adit.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.ForeignReference;
import dev.adit.kube.Gateway;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.KubeObject;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ReferenceGrant;
import dev.adit.kube.kind.ServedKinds;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.translate.Translation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What Ingresses mean, as a Gateway and HTTPRoutes: from the routes that they were translated to, whatever annotations these come from. */
public final class GatewayObjects {
    private static final String GATEWAY = "ingresses";
    private static final String NOTE = "# x-adit: ";
    private static final String PLAIN = "http";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int NOT_FOUND = 404;

    private final Translation translation;
    private final String className;
    private final ObjectKey gateway;
    private final List<Gateway.Listener> listeners = new ArrayList<>();
    private final List<String> unnamed = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private int noted;

    /** Of one Ingress: some of its hosts that have the same rules, on all listeners or only where TLS ends. */
    private record Place(ObjectKey ingress, boolean isOfTls) {}

    /**
     * Reads the routes of a translation.
     *
     * @param className of the Gateway
     */
    public GatewayObjects(Translation translation, String className) {
        this.translation = translation;
        this.className = className;
        var namespaces = new TreeSet<String>();
        translation.own().forEach(ingress -> namespaces.add(ingress.key().namespace()));
        this.gateway = new ObjectKey(namespaces.isEmpty() ? "default" : namespaces.first(), GATEWAY);
        write();
    }

    /** All of them as YAML. */
    public List<String> lines() {
        return lines;
    }

    /** How many notes there are of what has no equivalent. */
    public int notes() {
        return noted;
    }

    private void write() {
        listeners();
        var tunnels = translation.table().hostsByName().stream()
                .filter(host -> host.tunnel().isPresent())
                .map(host -> "TLS of " + host.name().text()
                        + " passes to the endpoints: it takes a listener of protocol TLS with mode"
                        + " Passthrough, and a TLSRoute")
                .toList();
        var ofGateway = Stream.concat(tunnels.stream(), unnamed.stream()).toList();
        object(
                new Gateway(
                        gateway,
                        "",
                        0,
                        Instant.EPOCH,
                        className,
                        listeners,
                        List.of(),
                        Gateway.Infrastructure.NONE,
                        List.of(),
                        Optional.empty(),
                        Gateway.Namespaces.NONE),
                ofGateway);
        grants();
        routes().forEach(this::routes);
    }

    /** One without TLS, and one for each name that has a certificate. */
    private void listeners() {
        var everybody = new Gateway.AllowedRoutes(new Gateway.Namespaces("All", Optional.empty()), List.of());
        listeners.add(new Gateway.Listener(PLAIN, "", HTTP_PORT, "HTTP", Optional.empty(), everybody));
        var byHost = new LinkedHashMap<Hostname, ForeignReference>(); // the oldest that lists a name has it
        for (var ingress : translation.own()) {
            for (var tls : ingress.tls()) {
                if (tls.secretName().isEmpty() || tls.hosts().isEmpty()) {
                    unnamed.add("Ingress " + ingress.key()
                            + " has TLS without hosts or without a Secret: write a listener for it");
                }
                tls.hosts().stream()
                        .filter(_ -> !tls.secretName().isEmpty())
                        .flatMap(text -> Hostname.parse(text).stream())
                        .forEach(host ->
                                byHost.putIfAbsent(host, secret(ingress.key().namespace(), tls.secretName())));
            }
        }
        byHost.forEach((host, secret) -> listeners.add(new Gateway.Listener(
                "https-" + listeners.size(),
                host.text(),
                HTTPS_PORT,
                "HTTPS",
                Optional.of(new Gateway.Tls("Terminate", List.of(secret), false)),
                everybody)));
    }

    private ForeignReference secret(String namespace, String name) {
        return new ForeignReference("", "Secret", namespace.equals(gateway.namespace()) ? "" : namespace, name);
    }

    /** For the Secrets of other namespaces than the Gateway's. */
    private void grants() {
        var namespaces = new TreeSet<String>();
        listeners.forEach(listener -> listener.tls().stream()
                .flatMap(tls -> tls.certificates().stream())
                .map(ForeignReference::namespace)
                .filter(namespace -> !namespace.isEmpty())
                .forEach(namespaces::add));
        for (var namespace : namespaces) {
            var from = new ReferenceGrant.From(ForeignReference.GATEWAY_GROUP, "Gateway", gateway.namespace());
            var to = new ReferenceGrant.To("", "Secret", "");
            object(new ReferenceGrant(new ObjectKey(namespace, GATEWAY), "", List.of(from), List.of(to)), List.of());
        }
    }

    /** The routes of each Ingress, by the hosts that have the same ones. */
    private Map<Place, Map<List<Route>, Set<Hostname>>> routes() {
        var places = new LinkedHashMap<Place, Map<List<Route>, Set<Hostname>>>();
        for (var host : translation.table().hostsByName()) {
            var ofHost = new LinkedHashMap<Place, List<Route>>();
            host.routes().stream()
                    .filter(route -> isOwn(route, host))
                    .forEach(route -> ofHost.computeIfAbsent(
                                    new Place(
                                            new ObjectKey(
                                                    route.origin().namespace(),
                                                    route.origin().name()),
                                            route.policy(HttpsRedirect.class).isPresent()),
                                    _ -> new ArrayList<>())
                            .add(route));
            ofHost.forEach((place, routes) -> places.computeIfAbsent(place, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(routes, _ -> new LinkedHashSet<>())
                    .add(host.name()));
        }
        return places;
    }

    /** The default backend stands in every host, and is written for all names alone. */
    private boolean isOwn(Route route, Host host) {
        // That nothing else is served needs no rule.
        var isNothing = route.action() instanceof Route.Action.Answer(var status, var _) && status == NOT_FOUND;
        return route.origin().isOfIngress()
                && !isNothing
                && (host.name() instanceof Hostname.Any
                        || translation.defaultRoute().filter(route::equals).isEmpty());
    }

    private void routes(Place place, Map<List<Route>, Set<Hostname>> byRoutes) {
        var number = 1;
        for (var entry : byRoutes.entrySet()) {
            var name = place.ingress().name() + (place.isOfTls() ? "-tls" : "") + (number > 1 ? "-" + number : "");
            number++;
            var rules = entry.getKey().stream()
                    .map(route -> new GatewayRule(route, place.ingress().namespace()))
                    .toList();
            var written = rules.stream().map(GatewayRule::rule).toList();
            var notes = notes(rules, entry.getKey());
            var key = new ObjectKey(place.ingress().namespace(), name);
            object(route(key, parents(place, entry.getValue()), entry.getValue(), written), notes);
            if (place.isOfTls()) {
                toHttps(key, entry.getValue(), entry.getKey(), rules);
            }
        }
    }

    /** Each once, with where it is. */
    private static List<String> notes(List<GatewayRule> rules, List<Route> routes) {
        var fields = new LinkedHashMap<String, Set<String>>();
        for (var i = 0; i < rules.size(); i++) {
            for (var note : rules.get(i).notes()) {
                fields.computeIfAbsent(note, _ -> new LinkedHashSet<>())
                        .add(routes.get(i).origin().field());
            }
        }
        return fields.entrySet().stream()
                .map(note -> note.getKey() + " (" + String.join(", ", note.getValue()) + ")")
                .toList();
    }

    private void toHttps(ObjectKey key, Set<Hostname> hosts, List<Route> routes, List<GatewayRule> rules) {
        var redirects = Stream.iterate(0, i -> i < rules.size(), i -> i + 1)
                .map(i -> rules.get(i)
                        .toHttps(routes.get(i)
                                .policy(HttpsRedirect.class)
                                .orElseThrow()
                                .status()))
                .distinct()
                .toList();
        var name = new ObjectKey(key.namespace(), key.name() + "-redirect");
        object(route(name, List.of(parent(name, PLAIN)), hosts, redirects), List.of());
    }

    private static HttpRoute route(
            ObjectKey key, List<HttpRoute.ParentRef> parents, Set<Hostname> hosts, List<HttpRoute.Rule> rules) {
        var names = hosts.stream()
                .filter(host -> !(host instanceof Hostname.Any))
                .map(Hostname::text)
                .toList();
        return new HttpRoute(key, "", 0, Instant.EPOCH, parents, names, rules);
    }

    /** What is only for TLS is attached to those listeners with TLS that have its hosts. */
    private List<HttpRoute.ParentRef> parents(Place place, Set<Hostname> hosts) {
        if (!place.isOfTls()) {
            return List.of(parent(place.ingress(), ""));
        }
        var having = listeners.stream()
                .filter(listener -> listener.port() == HTTPS_PORT)
                .filter(listener -> hosts.stream().anyMatch(host -> covers(listener, host)))
                .map(listener -> parent(place.ingress(), listener.name()))
                .toList();
        return having.isEmpty() ? List.of(parent(place.ingress(), "")) : having;
    }

    private static boolean covers(Gateway.Listener listener, Hostname host) {
        return listener.hostname().isEmpty()
                || Hostname.parse(listener.hostname())
                        .flatMap(name -> Hostname.intersection(name, host))
                        .isPresent();
    }

    private HttpRoute.ParentRef parent(ObjectKey from, String section) {
        var namespace = from.namespace().equals(gateway.namespace()) ? "" : gateway.namespace();
        return new HttpRoute.ParentRef(
                new ForeignReference(ForeignReference.GATEWAY_GROUP, "Gateway", namespace, GATEWAY),
                section,
                OptionalInt.empty());
    }

    private void object(KubeObject object, List<String> notes) {
        if (!lines.isEmpty()) {
            lines.add("---");
        }
        notes.forEach(note -> lines.add(NOTE + note));
        noted += notes.size();
        lines.addAll(YamlText.of(plain(ServedKinds.of(object.kind()).write(object))));
    }

    /** Without what an API server adds, and what it fills in. */
    private static ObjectNode plain(ObjectNode json) {
        ((ObjectNode) json.get("metadata")).remove(List.of("generation", "creationTimestamp", "uid"));
        if (json.get("spec") instanceof ObjectNode spec) {
            for (var parent : spec.withArray("parentRefs")) {
                ((ObjectNode) parent).remove(List.of("group", "kind"));
            }
            for (var rule : spec.withArray("rules")) {
                closed((ArrayNode) rule.withArray("filters"));
                var backends = rule.withArray("backendRefs");
                backends.forEach(backend -> services((ObjectNode) backend, backends.size()));
            }
        }
        return json;
    }

    /** They are Services where nothing else is said, and the only one needs no weight. */
    private static void services(ObjectNode backend, int backends) {
        backend.remove(List.of("group", "kind"));
        if (backends == 1) {
            backend.remove("weight");
        }
    }

    /** A filter that is there to be replaced names itself. */
    private static void closed(ArrayNode filters) {
        for (var filter : filters) {
            if (filter.path("type").asText().equals("ExtensionRef")) {
                ((ObjectNode) filter)
                        .putObject("extensionRef")
                        .put("group", "adit.dev")
                        .put("kind", "ToBeReplaced")
                        .put("name", "see-x-adit");
            }
        }
    }
}
