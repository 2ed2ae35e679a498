package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.Tunnel;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.Policy;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.adit.Https;
import dev.adit.translate.annotation.nginx.Canaries;
import dev.adit.translate.annotation.nginx.NginxDialect;
import dev.adit.translate.annotation.nginx.Passthrough;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Merges the rules of all Ingresses by host; what came first stays. */
final class HostCollector {
    /** The field of a route that no Ingress says. */
    static final String COMMAND_LINE = "--default-backend";

    private static final Route.Action CLOSED = BackendResolver.unavailable(Reason.PATH_CONFLICT);

    private final Map<Hostname, Shared> hosts = new LinkedHashMap<>();
    private final HostOwners owners;
    private final AnnotationReader annotations;
    private final CanaryRoutes canaries;
    private final AliasHosts aliases = new AliasHosts();
    private final Comparator<Ingress> oldestFirst;
    private final Problems problems;

    private record Entry(Ingress ingress, Route route, Ingress.Backend backend) {
        boolean namesWhat(Entry other) {
            return ingress.key().namespace().equals(other.ingress.key().namespace()) && backend.equals(other.backend);
        }

        boolean asksClients() {
            return HostCollector.asksClients(route);
        }
    }

    /** One host with the rules of all. */
    private static final class Shared {
        private final Ingress owner;
        private final Map<RouteMatch, Entry> routes = new LinkedHashMap<>();
        private @Nullable Entry defaultRoute;
        // Whatever rules say.
        private final Map<RouteMatch, Route> preceding = new LinkedHashMap<>();
        // Where no rule says otherwise.
        private final Map<RouteMatch, Route> implied = new LinkedHashMap<>();
        private Route.Action.@Nullable Forward passthrough;

        Shared(Ingress owner) {
            this.owner = owner;
        }

        Map<RouteMatch, Route> preceding() {
            return preceding;
        }

        Map<RouteMatch, Route> implied() {
            return implied;
        }

        boolean isOfOwner(Entry entry) {
            return entry.ingress().key().namespace().equals(owner.key().namespace());
        }

        /** Whether the clients of a route from elsewhere are asked here for what it wants of them. */
        boolean canJudge(Route route) {
            return !HostCollector.asksClients(route)
                    || (passthrough == null
                            && route.origin().namespace().equals(owner.key().namespace()));
        }

        /** Such that handshakes ask for what they would without the route. */
        List<Policy> closedPolicies() {
            return passthrough != null
                    ? List.of()
                    : entries()
                            .filter(this::isOfOwner)
                            .flatMap(entry -> entry.route().policy(ClientCertificate.class).stream())
                            .findFirst()
                            .map(clients -> clients.manner().isStrict()
                                    ? List.<Policy>of(new HttpsRedirect(), clients)
                                    : List.<Policy>of(clients))
                            .orElse(List.of());
        }

        /** Whether another rule than the one that implies a route takes the same requests. */
        boolean takes(Route implied) {
            var prefix = routes.get(
                    RouteMatch.of(new PathMatch.Prefix(implied.match().path().text())));
            return routes.containsKey(implied.match())
                    || (prefix != null && !prefix.route().origin().equals(implied.origin()));
        }

        /** Those that are asked for: behind a path for every request, no default backend is. */
        Stream<Entry> asked() {
            var all = routes.get(RuleReader.EVERY_REQUEST);
            return all != null && isOfOwner(all) ? routes.values().stream() : entries();
        }

        Stream<Entry> entries() {
            return Stream.concat(routes.values().stream(), Stream.ofNullable(defaultRoute));
        }
    }

    HostCollector(HostOwners owners, AnnotationReader annotations, Comparator<Ingress> oldestFirst, Problems problems) {
        this.oldestFirst = oldestFirst;
        this.owners = owners;
        this.canaries = new CanaryRoutes(problems);
        this.annotations = annotations;
        this.problems = problems;
    }

    /** Makes the host own its requests, even if it has no route yet. */
    void claim(Hostname host, Ingress ingress) {
        shared(host, ingress);
    }

    /**
     * Another name of a host, or one that redirects to it, which only the owner's namespace may give. A name that an older Ingress of
     * another namespace has rules for is not taken from it.
     */
    void alias(Hostname name, Ingress ingress, Hostname of, Optional<Route> redirect) {
        if (!shared(of, ingress).owner.key().namespace().equals(ingress.key().namespace())) {
            return;
        }
        var holder = Optional.ofNullable(hosts.get(name))
                .map(taken -> taken.owner)
                .or(() -> aliases.elsewhere(name, ingress))
                .or(() -> owners.tlsElsewhere(name, ingress))
                .filter(other -> !other.key().namespace().equals(ingress.key().namespace()));
        if (holder.isPresent()) {
            var message = "host " + name.text() + " belongs to Ingress "
                    + holder.get().key() + ", which is older and in another namespace. It is no other name of "
                    + of.text() + "; use another one";
            problems.add(ingress, "metadata.annotations", Reason.PATH_CONFLICT, message);
            return;
        }
        owners.claim(name, ingress);
        if (name instanceof Hostname.Exact && lists(ingress, of)) {
            var _ = owners.claimTls(name, ingress);
        }
        aliases.add(name, new AliasHosts.Alias(ingress, of, redirect));
    }

    private static boolean lists(Ingress ingress, Hostname host) {
        return IngressHosts.ofTls(ingress).anyMatch(host::equals);
    }

    /** Whether an Ingress may have rules for a host, which may be another name of a host of somebody else. */
    boolean mayHave(Hostname host, Ingress ingress, String field) {
        // With rules of its own it is no other name any more.
        var holder = hosts.containsKey(host) ? Optional.<Ingress>empty() : aliases.elsewhere(host, ingress);
        holder.ifPresent(other -> {
            var message = "host " + host.text() + " is another name of a host of Ingress " + other.key()
                    + ", which is older and in another namespace. This rule is not served; use another host";
            problems.add(ingress, field + ".host", Reason.PATH_CONFLICT, message);
        });
        return holder.isEmpty();
    }

    /** The Ingress that each host belongs to, as it is served. */
    Map<Hostname, Ingress> holders() {
        var holders = new LinkedHashMap<Hostname, Ingress>();
        hosts.forEach((name, shared) -> holders.put(name, shared.owner));
        aliases.all().forEach((name, alias) -> holders.putIfAbsent(IngressHosts.served(name), alias.ingress()));
        return holders;
    }

    /** Hosts that no rule names. */
    Map<Hostname, AliasHosts.Alias> aliases() {
        return aliases.all();
    }

    private Shared shared(Hostname host, Ingress ingress) {
        return hosts.computeIfAbsent(host, _ -> new Shared(owners.claim(host, ingress)));
    }

    /**
     * A rule of a host.
     *
     * @param backend what the rule names, by which two are told apart whose Services are not there
     */
    void add(Hostname host, Ingress ingress, Route route, Ingress.Backend backend) {
        var added = new Entry(ingress, route, backend);
        var entry = shared(host, ingress).routes.putIfAbsent(route.match(), added);
        if (entry == null) {
            return;
        }
        var first = entry.route();
        var isElsewhere = !first.action().equals(route.action())
                || (first.action() instanceof Route.Action.Answer && !entry.namesWhat(added));
        if (isElsewhere || !first.policies().equals(route.policies())) {
            var how = isElsewhere ? "to another backend" : "with other policies (TLS, client certificates)";
            var message = "host " + host.text() + " already routes "
                    + route.match().path().text() + " " + how + " by " + first.origin()
                    + ", which takes precedence; remove one of the two";
            problems.add(ingress, route.origin().field(), Reason.PATH_CONFLICT, message);
        }
    }

    /** A path of an Ingress that takes some requests of another one. */
    void canary(Hostname host, Ingress ingress, Canaries.Share share, Route route) {
        canaries.add(host, ingress, share, route);
    }

    /** A route that a rule implies, where no other rule takes the same requests. */
    void imply(Hostname host, Ingress ingress, Route route) {
        ofOwner(host, ingress, route, Shared::implied);
    }

    /** A route that goes before whatever rules take the same requests. */
    void precede(Hostname host, Ingress ingress, Route route) {
        ofOwner(host, ingress, route, Shared::preceding);
    }

    /** Of the owner's namespace alone: a guest closes or redirects nothing of a host but its own paths. */
    private void ofOwner(Hostname host, Ingress ingress, Route route, Function<Shared, Map<RouteMatch, Route>> kind) {
        var shared = shared(host, ingress);
        if (isOf(route, shared.owner.key().namespace())) {
            kind.apply(shared).putIfAbsent(route.match(), route);
        }
    }

    /** The route of a default backend, for the requests to a host that no rule takes. */
    void defaultRoute(Hostname host, Ingress ingress, Route route, Ingress.Backend backend) {
        var shared = shared(host, ingress);
        if (shared.defaultRoute == null) {
            shared.defaultRoute = new Entry(ingress, route, backend);
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
                    + ", decides where its TLS is terminated: "
                    + (shared.passthrough == null ? "here" : "at " + shared.passthrough.upstream())
                    + ". This annotation has no effect; remove it, or set it on that Ingress";
            problems.add(
                    ingress,
                    annotations.field(ingress, passthrough(annotations.dialect(ingress))),
                    Reason.PATH_CONFLICT,
                    message);
        }
    }

    /**
     * All hosts with their routes.
     *
     * @param general the default backend for all requests, which is the last route of each host
     */
    List<Host> hosts(Optional<Route> general) {
        var named = hosts.entrySet().stream().map(e -> host(e.getKey(), e.getValue(), general));
        var others = general.filter(_ -> !hosts.containsKey(Hostname.ANY))
                .map(route -> new Host(Hostname.ANY, route.origin().namespace(), List.of(route)));
        var all = Stream.concat(named, others.stream()).toList();
        var byName = all.stream().collect(Collectors.toMap(Host::name, Function.identity()));
        return Stream.concat(all.stream(), aliases.hosts(byName)).toList();
    }

    private Host host(Hostname name, Shared shared, Optional<Route> general) {
        var isAsked = shared.asked().anyMatch(entry -> shared.isOfOwner(entry) && entry.asksClients());
        var served = new IdentityHashMap<Entry, Route>();
        var routes = new ArrayList<Route>();
        shared.entries().forEach(entry -> served.put(entry, served(name, shared, isAsked, entry)));
        shared.routes.values().stream()
                .flatMap(entry -> Stream.ofNullable(served.get(entry)))
                .forEach(route -> routes.addAll(canaries.beside(name, route)));
        implied(shared, general).forEach(routes::add);
        shared.preceding.values().forEach(route -> {
            routes.removeIf(other -> other.match().equals(route.match()));
            routes.add(route);
        });
        challenges(name, shared, served, general).ifPresent(routes::add);
        var owner = shared.owner.key().namespace();
        var last = Stream.ofNullable(shared.defaultRoute).flatMap(entry -> Stream.ofNullable(served.get(entry)));
        Stream.concat(last, general.stream())
                .filter(route -> isNeeded(route, routes, owner))
                .forEach(routes::add);
        return new Host(name, owner, routes, tunnel(shared));
    }

    private Optional<Tunnel> tunnel(Shared shared) {
        var key = passthrough(annotations.dialect(shared.owner));
        return Optional.ofNullable(shared.passthrough)
                .map(forward -> new Tunnel(forward, false, origin(shared.owner, annotations.field(shared.owner, key))));
    }

    /** Those that no rule makes needless. */
    private static Stream<Route> implied(Shared shared, Optional<Route> general) {
        return shared.implied.values().stream()
                .filter(route -> !shared.takes(route))
                .filter(route -> shared.defaultRoute == null || !isForAll(route))
                .map(route -> isForAll(route) && general.isPresent() ? unrouted(route, general.get()) : route);
    }

    private static boolean isForAll(Route route) {
        return route.match().equals(RuleReader.EVERY_REQUEST);
    }

    private static Route unrouted(Route implied, Route general) {
        var isOpen = implied.action().equals(RuleReader.NOT_FOUND);
        var isGuarded = general.policies().stream().anyMatch(Policy::keepsOut);
        return isOpen && !isGuarded
                ? new Route(implied.match(), implied.policies(), general.action(), implied.origin())
                : implied; // whose guards are not those of the default backend
    }

    /**
     * Behind a route for every request none is ever asked. But what a guest of the host serves instead of the owner's is no
     * reason for handshakes to ask for less, or for more.
     */
    private static boolean isNeeded(Route last, List<Route> before, String owner) {
        var taken = before.stream()
                .filter(route -> route.match().equals(last.match()))
                .toList();
        return taken.isEmpty() || (isOf(last, owner) && taken.stream().noneMatch(route -> isOf(route, owner)));
    }

    private static boolean isOf(Route route, String namespace) {
        return route.origin().namespace().equals(namespace);
    }

    /**
     * Keeps the challenges of a host that is listed in {@code spec.tls} from all that another namespace has for more than
     * them: they go where its own would have sent them, and else nowhere.
     */
    private Optional<Route> challenges(
            Hostname host, Shared shared, Map<Entry, Route> served, Optional<Route> general) {
        var holder = host instanceof Hostname.Exact ? owners.certified(host) : Optional.<Ingress>empty();
        return holder.flatMap(ingress -> challenges(shared, ingress, served, general));
    }

    private Optional<Route> challenges(
            Shared shared, Ingress holder, Map<Entry, Route> served, Optional<Route> general) {
        var takers = Stream.concat(
                        AcmeChallenge.TAKERS.stream().flatMap(path -> Stream.ofNullable(shared.routes.get(path))),
                        Stream.ofNullable(shared.defaultRoute))
                .toList();
        var isSafe = takers.isEmpty()
                ? general.isEmpty() || mayAnswer(general.get().origin(), holder)
                : mayAnswer(takers.getFirst().ingress(), holder);
        if (isSafe) {
            return Optional.empty();
        }
        var own = takers.stream()
                .filter(entry -> mayAnswer(entry.ingress(), holder))
                .findFirst()
                .flatMap(entry -> Optional.ofNullable(served.get(entry)))
                .or(() -> general.filter(route -> mayAnswer(route.origin(), holder) && shared.canJudge(route)));
        return Optional.of(own.map(AcmeChallenge::alone)
                .orElseGet(() ->
                        new Route(AcmeChallenge.ALL, shared.closedPolicies(), CLOSED, origin(holder, "spec.tls"))));
    }

    /** What is older than the claim to the certificate stays. */
    private boolean mayAnswer(Ingress ingress, Ingress holder) {
        return ingress.key().namespace().equals(holder.key().namespace()) || oldestFirst.compare(ingress, holder) < 0;
    }

    /** The default backend of all is for no host by name, however old it is; that of the command line is no tenant's. */
    private static boolean mayAnswer(RouteOrigin general, Ingress holder) {
        return general.field().equals(COMMAND_LINE)
                || general.namespace().equals(holder.key().namespace());
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
        problems.add(
                entry.ingress(),
                annotations.field(entry.ingress(), ClientCaResolver.key(annotations.dialect(entry.ingress()))),
                Reason.PATH_CONFLICT,
                message);
        var policies = route.policies().stream()
                .filter(policy -> !(policy instanceof ClientCertificate || policy instanceof HttpsRedirect))
                .toList();
        return new Route(route.match(), policies, CLOSED, route.origin());
    }

    /** The annotation that lets TLS pass. */
    static AnnotationKey<Boolean> passthrough(Dialect dialect) {
        return dialect == NginxDialect.DIALECT ? Passthrough.SSL_PASSTHROUGH : Https.SSL_PASSTHROUGH;
    }

    private static boolean asksClients(Route route) {
        return route.policy(ClientCertificate.class)
                .filter(ClientCertificate::asksInHandshake)
                .isPresent();
    }

    static RouteOrigin origin(Ingress ingress, String field) {
        return new RouteOrigin(ingress.key().namespace(), ingress.key().name(), field);
    }
}
