package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.policy.Policy;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.Problems;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.nginx.AppRoots;
import dev.adit.translate.annotation.nginx.Canaries;
import dev.adit.translate.annotation.nginx.ServerNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the rules and the default backend of one Ingress after the other into the hosts that all of them share. */
final class RuleReader {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    static final Route.Action NOT_FOUND = new Route.Action.Answer(404, "NoRule");
    static final RouteMatch EVERY_REQUEST = RouteMatch.of(new PathMatch.Prefix("/"));

    private final HostCollector hosts;
    private final HostOwners owners;
    private final BackendResolver backends;
    private final AnnotationReader annotations;
    private final Admissions admissions;
    private final NginxHosts nginx;
    private final IngressPolicies policies;
    private final ErrorPagesResolver pages;
    private final PathParser paths;
    private final Map<String, String> fields = new HashMap<>();
    private final Problems problems;

    RuleReader(
            TranslationOptions options,
            HostCollector hosts,
            HostOwners owners,
            BackendResolver backends,
            AnnotationReader annotations,
            Admissions admissions,
            NginxHosts nginx,
            IngressPolicies policies,
            ErrorPagesResolver pages,
            Problems problems) {
        this.hosts = hosts;
        this.owners = owners;
        this.backends = backends;
        this.annotations = annotations;
        this.admissions = admissions;
        this.nginx = nginx;
        this.policies = policies;
        this.pages = pages;
        this.paths = new PathParser(options.maxTarget(), problems);
        this.problems = problems;
    }

    /** Returns the route of its default backend, if it has one. */
    Optional<Route> read(Ingress ingress) {
        admissions.judge(ingress);
        var fallback = defaultBackend(ingress, Hostname.ANY);
        for (var i = 0; i < ingress.rules().size(); i++) {
            rule(ingress, ingress.rules().get(i), "spec.rules[" + i + "]", fallback);
        }
        // ingress-nginx serves that of an Ingress with rules on the hosts of its rules alone.
        return nginx.isNginx(ingress) && !ingress.rules().isEmpty() ? Optional.empty() : fallback;
    }

    private void rule(Ingress ingress, Ingress.Rule rule, String field, Optional<Route> fallback) {
        var host = host(ingress, rule, field);
        if (host.isEmpty()) {
            for (var j = 0; j < rule.paths().size(); j++) {
                var _ = paths.parse(
                        ingress, field + ".http.paths[" + j + "]", rule.paths().get(j)); // for what it says
            }
            return;
        }
        if (!hosts.mayHave(host.get(), ingress, field)) {
            return;
        }
        var passesTls = passesTls(ingress, host.get(), field);
        var routes = routes(ingress, rule, host.get(), field);
        var share = Canaries.share(annotations.of(ingress));
        if (share.isPresent() && isGuarded(ingress, host.get(), field)) {
            return;
        }
        if (share.isPresent()) {
            routes.forEach(read -> hosts.canary(host.get(), ingress, share.get(), read.route()));
            return;
        }
        if (routes.isEmpty() && !rule.paths().isEmpty()) {
            return; // nothing of it is valid, and so it takes the host from nobody
        }
        hosts.claim(host.get(), ingress);
        var last = nginx.isNginx(ingress) ? defaultBackend(ingress, host.get()) : fallback;
        last.ifPresent(route -> hosts.defaultRoute(
                host.get(), ingress, route, ingress.defaultBackend().orElseThrow()));
        if (nginx.isNginx(ingress)) {
            imply(ingress, rule, host.get(), field);
        }
        routes.forEach(read -> hosts.add(host.get(), ingress, read.route(), read.backend()));
        if (passesTls) {
            hosts.passthrough(host.get(), ingress, target(routes, fallback));
        }
    }

    /** Whether a canary keeps clients out by itself. It is served by the policies of another Ingress, so then it takes nothing. */
    private boolean isGuarded(Ingress ingress, Hostname host, String field) {
        var dialect = annotations.of(ingress).dialect();
        var isGuarded = admissions.closed(ingress, host).isPresent()
                || ingress.annotationNames(dialect.prefix()).anyMatch(dialect::isMeantToRestrict);
        if (isGuarded) {
            var message =
                    "is a canary that keeps clients out, and would be served by what the Ingress says whose requests it takes."
                            + " It takes none; set the annotations on that Ingress";
            problems.add(ingress, field, Reason.PATH_CONFLICT, message);
        }
        return isGuarded;
    }

    /** What a {@code server} of nginx has besides the locations that are written. */
    private void imply(Ingress ingress, Ingress.Rule rule, Hostname host, String field) {
        var unroutedPolicies = policies.ofPath(
                ingress,
                EVERY_REQUEST.path(),
                "Prefix",
                policies.with(pages.of(ingress), ingress, host, policies.of(ingress, host)));
        // The Ingress that creates a server lends its annotations to the location of everything else.
        var closed = admissions.closed(ingress, host);
        var unrouted = closed.orElse(NOT_FOUND);
        hosts.imply(host, ingress, new Route(EVERY_REQUEST, unroutedPolicies, unrouted, origin(ingress, field)));
        annotations
                .of(ingress)
                .get(AppRoots.APP_ROOT)
                .filter(_ -> closed.isEmpty() && nginx.isRoot(ingress, host))
                .map(root -> nginx.appRoot(root, unroutedPolicies, origin(ingress, field)))
                .ifPresent(route -> hosts.precede(host, ingress, route));
        var of = annotations.of(ingress);
        if (of.has(ServerNames.SERVER_ALIAS) && IngressHosts.hasExpressions(ingress)) {
            var message =
                    "regular expressions are no other names here, since one could stand for every name that others have not:"
                            + " hosts by them answer 404. Write the names, or wildcards";
            problems.add(
                    ingress,
                    annotations.field(ingress, ServerNames.SERVER_ALIAS),
                    Reason.ANNOTATION_DEFAULTED,
                    message);
        }
        of.get(ServerNames.SERVER_ALIAS)
                .orElse(List.of())
                .forEach(alias -> hosts.alias(alias, ingress, host, Optional.empty()));
        of.get(ServerNames.WWW_REDIRECT)
                .filter(isWanted -> isWanted)
                .flatMap(_ -> IngressHosts.withOrWithoutWww(host))
                .ifPresent(other -> hosts.alias(
                        other,
                        ingress,
                        host,
                        Optional.of(NginxHosts.redirectTo(host, closed, unroutedPolicies, origin(ingress, field)))));
        if (closed.isEmpty() && !nginx.hasExpressions(ingress, host)) {
            var isRelative = of.get(ServerNames.RELATIVE_REDIRECTS).orElse(false);
            for (var j = 0; j < rule.paths().size(); j++) {
                var place = field + ".http.paths[" + j + "]";
                var origin = origin(ingress, place);
                nginx.slashRedirect(rule.paths().get(j), isRelative, unroutedPolicies, origin)
                        .ifPresent(route -> hosts.imply(host, ingress, route));
            }
        }
    }

    private Optional<Hostname> host(Ingress ingress, Ingress.Rule rule, String field) {
        // The API server refuses addresses, and nothing in an Ingress says what a certificate for one would be.
        var isAddress = IPV4.matcher(rule.host()).matches();
        var host = isAddress ? Optional.<Hostname>empty() : Hostname.parse(rule.host());
        if (host.isEmpty()) {
            var what = isAddress ? "is an address" : "is not a host name";
            var message = "'" + rule.host() + "' " + what + "; write it as host.example.com or *.example.com";
            problems.add(ingress, field + ".host", Reason.HOST_INVALID, message);
        }
        return host;
    }

    private AnnotationKey<Boolean> passthrough(Ingress ingress) {
        return HostCollector.passthrough(annotations.dialect(ingress));
    }

    /** Whether an Ingress asks for it, and can. */
    private boolean passesTls(Ingress ingress, Hostname host, String field) {
        if (!annotations.of(ingress).get(passthrough(ingress)).orElse(false)) {
            return false;
        }
        if (host instanceof Hostname.Any) {
            var message = "TLS passthrough selects by server name, so the rule needs a host; set one";
            problems.add(ingress, field + ".host", Reason.HOST_INVALID, message);
            return false;
        }
        if (admissions.asksForCertificates(ingress)) {
            var message = "TLS is not passed through, because another annotation makes Adit verify client certificates;"
                    + " remove one of the two";
            problems.add(ingress, annotations.field(ingress, passthrough(ingress)), Reason.ANNOTATION_INVALID, message);
            return false;
        }
        if (keepsOut(ingress)) {
            var message =
                    "TLS is not passed through, because nobody would ask for what keeps clients out of this Ingress; remove"
                            + " one of the two";
            problems.add(ingress, annotations.field(ingress, passthrough(ingress)), Reason.ANNOTATION_INVALID, message);
            return false;
        }
        return true;
    }

    private boolean keepsOut(Ingress ingress) {
        return annotations.draft(ingress).policies().stream().anyMatch(Policy::keepsOut)
                || admissions.users(ingress).isPresent();
    }

    /** To where plain requests for every path go, since no path is seen: the shortest one, else the default backend. */
    private static Optional<Route.Action.Forward> target(List<Read> routes, Optional<Route> fallback) {
        var shortest = routes.stream()
                .min(Comparator.comparingInt(read -> read.route().match().path().length()));
        return shortest.map(Read::route)
                .or(() -> fallback)
                .map(Route::action)
                .filter(Route.Action.Forward.class::isInstance)
                .map(Route.Action.Forward.class::cast);
    }

    /** A path of a rule, and what it names. */
    private record Read(Route route, Ingress.Backend backend) {}

    private List<Read> routes(Ingress ingress, Ingress.Rule rule, Hostname host, String field) {
        var routes = new ArrayList<Read>();
        var isGuest = nginx.isGuestWithExpressions(ingress, host);
        var ofIngress = isGuest ? List.<Policy>of() : policies.of(ingress, host);
        if (isGuest) {
            var message = "host " + host.text()
                    + " belongs to another namespace, whose Ingress is older. There the paths of this"
                    + " namespace are no regular expressions, as use-regex or rewrite-target would make them; they answer 503. Use"
                    + " another host";
            problems.add(ingress, field + ".host", Reason.PATH_CONFLICT, message);
        }
        for (var j = 0; j < rule.paths().size(); j++) {
            var place = field + ".http.paths[" + j + "]";
            var path = rule.paths().get(j);
            match(ingress, host, place, path)
                    .filter(parsed -> mayAnswer(ingress, host, place, parsed))
                    .map(parsed -> route(ingress, host, place, path, parsed, isGuest, ofIngress))
                    .ifPresent(route -> routes.add(new Read(route, path.backend())));
        }
        return routes;
    }

    private Route route(
            Ingress ingress,
            Hostname host,
            String place,
            Ingress.Path path,
            PathMatch parsed,
            boolean isGuest,
            List<Policy> ofIngress) {
        var action = isGuest
                ? BackendResolver.unavailable(Reason.PATH_CONFLICT)
                : action(ingress, host, place + ".backend", path.backend());
        var ofPath = isGuest ? ofIngress : policies.with(pages.of(ingress, path.backend()), ingress, host, ofIngress);
        return new Route(
                RouteMatch.of(parsed),
                NginxHosts.placed(ingress, path, policies.ofPath(ingress, parsed, path.pathType(), ofPath)),
                action,
                origin(ingress, place));
    }

    /** Most rules stand at the same places, whose texts need be there once. */
    private RouteOrigin origin(Ingress ingress, String field) {
        return HostCollector.origin(ingress, fields.computeIfAbsent(field, text -> text));
    }

    /** What a path takes; empty where it is not valid, which is told. */
    Optional<PathMatch> match(Ingress ingress, Hostname host, String place, Ingress.Path path) {
        if (nginx.hasExpressions(ingress, host)) {
            return nginx.expression(ingress, place, path, problems);
        }
        var parsed = paths.parse(ingress, place, path);
        if (parsed.isPresent()) {
            nginx.literal(ingress, host, place, path, problems);
        }
        return parsed;
    }

    /** Who answers the challenges of a host can have a certificate for it, which is its owner's to have. */
    private boolean mayAnswer(Ingress ingress, Hostname host, String place, PathMatch path) {
        var holder = AcmeChallenge.isTakenBy(path) ? owners.ordersElsewhere(host, ingress) : Optional.<Ingress>empty();
        holder.ifPresent(other -> {
            var message =
                    "ACME challenges (/.well-known/acme-challenge/) of host " + host.text() + " belong to Ingress "
                            + other.key() + ", which is older and in another namespace. This"
                            + " path is not served; order the certificate there";
            problems.add(ingress, place + ".path", Reason.PATH_CONFLICT, message);
        });
        return holder.isEmpty();
    }

    private Route.Action action(Ingress ingress, Hostname host, String field, Ingress.Backend backend) {
        var action = backends.resolve(ingress, field, backend);
        return admissions.closed(ingress, host).orElse(action);
    }

    private Optional<Route> defaultBackend(Ingress ingress, Hostname host) {
        var field = "spec.defaultBackend";
        return ingress.defaultBackend().map(backend -> {
            var action = action(ingress, host, field, backend);
            var origin = origin(ingress, field);
            var all = policies.ofPath(
                    ingress,
                    EVERY_REQUEST.path(),
                    "Prefix",
                    policies.with(pages.of(ingress, backend), ingress, host, policies.ofDefaultBackend(ingress, host)));
            return new Route(EVERY_REQUEST, all, action, origin);
        });
    }
}
