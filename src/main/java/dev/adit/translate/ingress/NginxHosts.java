package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Regex;
import dev.adit.routing.RequestPath;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.policy.BasicAuth;
import dev.adit.routing.policy.BlockedRequests;
import dev.adit.routing.policy.DigestAuth;
import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FixedRedirect;
import dev.adit.routing.policy.ForwardedClient;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.RateLimit;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.SessionCookie;
import dev.adit.routing.policy.Template;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.nginx.Affinity;
import dev.adit.translate.annotation.nginx.AppRoots;
import dev.adit.translate.annotation.nginx.AuthTls;
import dev.adit.translate.annotation.nginx.Canaries;
import dev.adit.translate.annotation.nginx.NginxDialect;
import dev.adit.translate.annotation.nginx.OpenLocations;
import dev.adit.translate.annotation.nginx.RateLimits;
import dev.adit.translate.annotation.nginx.Rewrites;
import dev.adit.translate.annotation.nginx.ServerNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all Ingresses of the dialect of ingress-nginx together make of a host, as one {@code server} of nginx is made of them. */
final class NginxHosts {
    private static final int MOVED_PERMANENTLY = 301;
    private static final int FOUND = 302;
    private static final int PERMANENT_REDIRECT = 308;
    private static final String CASELESS = "(?i)";
    private static final Pattern SIGNS = Pattern.compile("[()\\[\\]|*+?^$\\{\\\\]");

    private final AnnotationReader annotations;
    private final Map<Hostname, String> owners = new HashMap<>();
    private final Set<Part> expressions = new HashSet<>();
    private final Set<Part> listed = new HashSet<>();
    private final Map<Part, Root> roots = new HashMap<>();
    // Charts repeat their paths, and each expression is a program of its own.
    private final Map<String, Regex.Parsed> parsed = new HashMap<>();
    private final Map<Hostname, List<Ingress>> judges = new HashMap<>();

    /** What one namespace has of a host. */
    private record Part(Hostname host, String namespace) {
        // By hand, as those of ObjectKey: it is looked up for every path.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part that && host.equals(that.host) && namespace.equals(that.namespace);
        }

        @Override
        public int hashCode() {
            return 31 * host.hashCode() + namespace.hashCode();
        }
    }

    /** An Ingress with an app-root, of which nginx asks for the longest path first. */
    private record Root(ObjectKey ingress, String path) {
        private static final Comparator<Root> ORDER =
                Comparator.comparingInt((Root root) -> root.path.length()).thenComparing(Root::path);

        static Root first(Root one, Root other) {
            return ORDER.compare(one, other) >= 0 ? one : other;
        }
    }

    /** Whether it is the app-root of this Ingress to which requests for the root of a host are sent. */
    boolean isRoot(Ingress ingress, Hostname host) {
        var root = roots.get(new Part(host, ingress.key().namespace()));
        return root != null && root.ingress.equals(ingress.key());
    }

    private NginxHosts(AnnotationReader annotations) {
        this.annotations = annotations;
    }

    /**
     * Those of these Ingresses, of which others are of another dialect. What holds for all of a host is said by its owner's namespace,
     * and by none that comes as a guest.
     *
     * @param own in the order in which they come to own hosts
     */
    static NginxHosts of(List<Ingress> own, AnnotationReader annotations) {
        var hosts = new NginxHosts(annotations);
        if (own.stream().noneMatch(hosts::isNginx)) {
            return hosts; // in most clusters
        }
        own.forEach(ingress -> hosts.guarded(ingress, hosts::own));
        own.forEach(ingress -> hosts.guarded(ingress, hosts::read));
        return hosts;
    }

    private void guarded(Ingress ingress, Consumer<Ingress> reading) {
        try {
            reading.accept(ingress);
        } catch (Throwable _) {
            // It fails once more where its rules are read, and is left out there.
        }
    }

    private void own(Ingress ingress) {
        var of = annotations.of(ingress);
        if (Canaries.share(of).isPresent()) {
            return;
        }
        var namespace = ingress.key().namespace();
        var named = IngressHosts.ofRules(ingress).toList();
        named.forEach(host -> owners.putIfAbsent(host, namespace));
        named.stream()
                .filter(host -> isOfOwner(ingress, host))
                .flatMap(host -> otherNames(of, host))
                .forEach(host -> owners.putIfAbsent(host, namespace));
    }

    private static Stream<Hostname> otherNames(Annotations of, Hostname host) {
        var www = of.get(ServerNames.WWW_REDIRECT).orElse(false)
                ? IngressHosts.withOrWithoutWww(host)
                : Optional.<Hostname.Exact>empty();
        return Stream.concat(of.get(ServerNames.SERVER_ALIAS).orElse(List.of()).stream(), www.stream());
    }

    private void read(Ingress ingress) {
        var of = annotations.of(ingress);
        var namespace = ingress.key().namespace();
        if (of.dialect() != NginxDialect.DIALECT || Canaries.share(of).isPresent()) {
            return;
        }
        for (var rule : ingress.rules()) {
            Hostname.parse(rule.host()).ifPresent(host -> rewrite(of, rule, new Part(host, namespace)));
        }
        if (of.has(AuthTls.SECRET)) {
            IngressHosts.ofRules(ingress)
                    .forEach(host -> judges.computeIfAbsent(host, _ -> new ArrayList<>(1))
                            .add(ingress));
        }
        IngressHosts.ofTls(ingress).forEach(host -> listed.add(new Part(host, namespace)));
        // Without hosts its certificate is for the hosts of the rules.
        if (ingress.tls().stream()
                .anyMatch(tls -> tls.hosts().isEmpty() && !tls.secretName().isEmpty())) {
            IngressHosts.ofRules(ingress).forEach(host -> listed.add(new Part(host, namespace)));
        }
        if (of.get(AppRoots.APP_ROOT).isPresent()) {
            ingress.rules()
                    .forEach(rule -> Hostname.parse(rule.host())
                            .ifPresent(host -> rule.paths()
                                    .forEach(path -> roots.merge(
                                            new Part(host, namespace),
                                            new Root(ingress.key(), path.path()),
                                            Root::first))));
        }
    }

    /** What the rewrites of a rule make of the paths of a host. */
    private void rewrite(Annotations of, Ingress.Rule rule, Part part) {
        var target = of.get(Rewrites.REWRITE_TARGET);
        var usesRegex = of.get(Rewrites.USE_REGEX).orElse(false);
        // A path that is its own target is not rewritten. The location for everything else has the path "/", and the
        // same target.
        var rewrites = target.filter(to -> !to.equals("/")
                        || rule.paths().stream().anyMatch(path -> !path(path).equals(to)))
                .isPresent();
        if (usesRegex || rewrites) {
            expressions.add(part);
        }
    }

    private static String path(Ingress.Path path) {
        return path.path().isEmpty() ? "/" : path.path();
    }

    private boolean isOfOwner(Ingress ingress, Hostname host) {
        var namespace = ingress.key().namespace();
        return owners.getOrDefault(host, namespace).equals(namespace);
    }

    /** Whether an Ingress is read as ingress-nginx reads it. */
    boolean isNginx(Ingress ingress) {
        return annotations.dialect(ingress) == NginxDialect.DIALECT;
    }

    /** Whether an Ingress of the same namespace or of the host's owner lists the host in {@code spec.tls}. */
    boolean lists(Ingress ingress, Hostname host) {
        var namespace = ingress.key().namespace();
        return listed.contains(new Part(host, namespace))
                || listed.contains(new Part(host, owners.getOrDefault(host, namespace)));
    }

    /**
     * The Ingress that says for a host who has to vouch for its clients: the first of its owner's namespace that does.
     *
     * @param owner the namespace that the host belongs to
     */
    Ingress judge(Ingress ingress, Hostname host, String owner) {
        return isNginx(ingress)
                ? judges.getOrDefault(host, List.of()).stream()
                        .filter(one -> one.key().namespace().equals(owner))
                        .findFirst()
                        .orElse(ingress)
                : ingress;
    }

    /** Whether the paths of an Ingress are regular expressions on a host. */
    boolean hasExpressions(Ingress ingress, Hostname host) {
        return isNginx(ingress)
                && isOfOwner(ingress, host)
                && expressions.contains(new Part(host, ingress.key().namespace()));
    }

    /**
     * Whether the paths of an Ingress would be regular expressions on a host of another namespace. There the longest would come before
     * the owner's; and read as plain paths, what one of them guards would go to another one of the guest.
     */
    boolean isGuestWithExpressions(Ingress ingress, Hostname host) {
        return isNginx(ingress)
                && !isOfOwner(ingress, host)
                && expressions.contains(new Part(host, ingress.key().namespace()));
    }

    /**
     * A request for {@code /foo} where there is a location {@code /foo/}: nginx sends it there (301), whatever else is asked of
     * requests.
     */
    Optional<Route> slashRedirect(Ingress.Path path, boolean isRelative, List<Policy> ofIngress, RouteOrigin origin) {
        var text = path.path();
        var normal = text.length() > 1 && text.endsWith("/") ? RequestPath.normalize(text) : null;
        if (normal == null || path.pathType().equals("ImplementationSpecific")) {
            return Optional.empty();
        }
        var without = new PathMatch.Exact(normal.substring(0, normal.length() - 1));
        var policies = new ArrayList<Policy>();
        ofIngress.stream().filter(Hsts.class::isInstance).forEach(policies::add);
        policies.add(
                normal.indexOf('$') < 0
                        ? new FixedRedirect(
                                new Template((isRelative ? "" : "$scheme://$host") + normal + "$is_args$args"),
                                MOVED_PERMANENTLY)
                        : redirectTo(normal, MOVED_PERMANENTLY));
        return Optional.of(new Route(RouteMatch.of(without), policies, RuleReader.NOT_FOUND, origin));
    }

    /** The only route of a host that is there to send its clients to another one. */
    static Route redirectTo(Hostname host, Optional<Route.Action> closed, List<Policy> ofIngress, RouteOrigin origin) {
        if (closed.isPresent()) {
            return new Route(RuleReader.EVERY_REQUEST, closed.get(), origin);
        }
        var url = new Template("$pass_access_scheme://" + host.text() + ":$pass_server_port$trimmed_request_uri");
        var policies = new ArrayList<Policy>();
        ofIngress.stream().filter(NginxHosts::isOfServer).forEach(policies::add);
        policies.add(new FixedRedirect(url, PERMANENT_REDIRECT));
        return new Route(RuleReader.EVERY_REQUEST, policies, RuleReader.NOT_FOUND, origin);
    }

    /** Whether a policy holds for all of a {@code server} of nginx, and not for its locations alone. */
    private static boolean isOfServer(Policy policy) {
        return policy instanceof ForwardedClient || policy instanceof BlockedRequests;
    }

    /** To a path of the same host. */
    private static Redirect redirectTo(String path, int status) {
        return new Redirect(
                Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.of(new PathEdit.Full(path)), status);
    }

    /** Requests for the root of a host are sent to a path of it, before anything else is asked of them. */
    Route appRoot(String path, List<Policy> ofIngress, RouteOrigin origin) {
        var policies =
                ofIngress.stream().filter(ForwardedClient.class::isInstance).toList();
        var all = new ArrayList<Policy>(policies);
        all.add(new FixedRedirect(new Template("$scheme://$http_host" + path), FOUND));
        return new Route(RouteMatch.of(new PathMatch.Exact("/")), all, RuleReader.NOT_FOUND, origin);
    }

    /** The policies of one path. Who fetches the answer to a challenge has no certificate yet (RFC 8555 §8.3). */
    List<Policy> policies(Ingress ingress, PathMatch path, String pathType, List<Policy> ofIngress) {
        return ofIngress.stream()
                .filter(policy -> !isOpen(ingress, path, policy))
                .flatMap(policy -> of(ingress, path, pathType, policy).stream())
                .toList();
    }

    /** Whether a policy has nothing to say to those who ask for a path, by the ConfigMap or since they answer a challenge. */
    private boolean isOpen(Ingress ingress, PathMatch path, Policy policy) {
        var open = open(policy);
        var text = path.text().startsWith(CASELESS) ? path.text().substring(CASELESS.length()) : path.text();
        return open.isPresent()
                && OpenLocations.contains(annotations.of(ingress), open.get(), text)
                        .orElseGet(() -> AcmeChallenge.isToken(path));
    }

    private static Optional<AnnotationKey<List<String>>> open(Policy policy) {
        return switch (policy) {
            case HttpsRedirect _ -> Optional.of(OpenLocations.NO_TLS);
            case BasicAuth _, DigestAuth _, ExternalAuth _ -> Optional.of(OpenLocations.NO_AUTH);
            default -> Optional.empty();
        };
    }

    /** Without what changes nothing on this path. */
    private Optional<Policy> of(Ingress ingress, PathMatch path, String pathType, Policy policy) {
        return policy instanceof Rewrite rewrite && isTarget(path, rewrite)
                ? rewriteOf(ingress, path, pathType, rewrite)
                : Optional.of(complete(ingress, path, policy));
    }

    /** Whether a path is its own target. */
    private static boolean isTarget(PathMatch path, Rewrite rewrite) {
        return rewrite.path()
                .filter(edit -> edit instanceof PathEdit.Groups(var target)
                        && (path.text().equals(CASELESS + target) || path.text().equals(target)))
                .isPresent();
    }

    /**
     * Of a prefix without a slash at its end ingress-nginx makes two locations, one with the slash, which is another path than the target, and
     * one without, which is not.
     */
    private Optional<Policy> rewriteOf(Ingress ingress, PathMatch path, String pathType, Rewrite rewrite) {
        var isSplit = path instanceof PathMatch.Regex
                && !path.text().endsWith("/")
                && !pathType.equals("Exact")
                && !annotations.of(ingress).get(Rewrites.USE_REGEX).orElse(false);
        if (isSplit && rewrite.path().orElse(null) instanceof PathEdit.Groups(var target)) {
            return Optional.of(new Rewrite(
                    rewrite.host(), Optional.of(new PathEdit.GroupsBelow(target)), rewrite.forwardedPrefix()));
        }
        return rewrite.host().map(_ -> new Rewrite(rewrite.host(), Optional.empty()));
    }

    /** With what the annotations alone do not say. */
    private static Policy complete(Ingress ingress, PathMatch path, Policy policy) {
        return switch (policy) {
            case SessionCookie cookie when cookie.path().equals(Affinity.PATH_OF_ROUTE) -> of(path, cookie);
            case ExternalAuth auth when auth.kept().isPresent() -> auth.keptIn(ingress.key() + " " + path.text());
            case RateLimit limit
            when limit.zone().equals(RateLimits.ZONE_OF_INGRESS) ->
                new RateLimit(
                        ingress.key().toString(),
                        limit.perSecond(),
                        limit.perMinute(),
                        limit.burst(),
                        limit.connections(),
                        limit.status(),
                        limit.exempt());
            default -> policy;
        };
    }

    /** With what those variables of nginx are that a location has, and no request. */
    static List<Policy> placed(Ingress ingress, Ingress.Path path, List<Policy> policies) {
        if (policies.stream().noneMatch(NginxHosts::hasVariables)) {
            return policies; // which routes share
        }
        return policies.stream()
                .map(policy -> policy instanceof Rewrite(var host, var edit, var prefix)
                        ? (Policy) new Rewrite(host.map(text -> placed(ingress, path, text)), edit, prefix)
                        : policy)
                .toList();
    }

    private static boolean hasVariables(Policy policy) {
        return policy instanceof Rewrite rewrite
                && rewrite.host().filter(text -> text.indexOf('$') >= 0).isPresent();
    }

    private static String placed(Ingress ingress, Ingress.Path path, String text) {
        return new Template(text).expand(name -> switch (name) {
            case "namespace" -> ingress.key().namespace();
            case "ingress_name" -> ingress.key().name();
            case "service_name" -> path.backend() instanceof Ingress.Backend.Service service ? service.name() : "";
            case "location_path" -> path(path);
            default -> "$" + name;
        });
    }

    /** As ingress-nginx gives it the path of the location, which may be an expression that no path begins with. */
    private static SessionCookie of(PathMatch path, SessionCookie cookie) {
        return new SessionCookie(
                cookie.name(),
                Affinity.isPath(path.text()) && !(path instanceof PathMatch.Regex) ? path.text() : "/",
                cookie.domain(),
                cookie.sameSite(),
                cookie.isSecure(),
                cookie.maxAge(),
                cookie.expires(),
                cookie.sparesOldClients(),
                cookie.followsFailure());
    }

    /** Warns of a path that looks like a regular expression on a host whose paths are none. */
    void literal(Ingress ingress, Hostname host, String field, Ingress.Path path, Problems problems) {
        // What is Exact is meant as it is written; and on the host of another namespace nothing can be made an
        // expression.
        var mayMeanOne =
                isNginx(ingress) && isOfOwner(ingress, host) && !path.pathType().equals("Exact");
        if (mayMeanOne && SIGNS.matcher(path.path()).find()) {
            var message = "'" + path.path()
                    + "' looks like a regular expression, and is taken as it is written, since no Ingress makes"
                    + " expressions of the paths of this host; set use-regex to \"true\", or correct it";
            problems.add(ingress, field + ".path", Reason.PATH_LITERAL, message);
        }
    }

    /** A path as a location of nginx: {@code ~* "^path"}. */
    Optional<PathMatch> expression(Ingress ingress, String field, Ingress.Path path, Problems problems) {
        var text = path(path);
        return switch (parsed.computeIfAbsent(text, _ -> Regex.parse(CASELESS + text))) {
            case Regex.Parsed.Valid(var regex) -> Optional.of(new PathMatch.Regex(regex));
            case Regex.Parsed.Invalid(var reason) -> {
                var message = "the path is a regular expression on this host, and is not valid: " + reason
                        + ". It is not served; correct it";
                problems.add(ingress, field + ".path", Reason.PATH_INVALID, message);
                yield Optional.empty();
            }
        };
    }
}
