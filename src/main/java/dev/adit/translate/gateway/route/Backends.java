package dev.adit.translate.gateway.route;

import dev.adit.kube.ForeignReference;
import dev.adit.kube.GatewayRoute;
import dev.adit.kube.GrpcRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Service;
import dev.adit.kube.StreamRoute;
import dev.adit.kube.TcpRoute;
import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.SessionCookie;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.Retries;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.translate.TranslationOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Finds the Services that an HTTPRoute sends requests to. The share of one that is not there, or may not be referred to, is answered
 * with 500, as the API asks.
 */
public final class Backends {
    static final String UNSUPPORTED = "UnsupportedValue";
    private static final int ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final String UNUSABLE = "unusable.invalid"; // by a policy that cannot be honoured
    private static final int MOST_ATTEMPTS = 10;
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final Objects objects;
    private final Grants grants;
    private final BackendTls tls;
    private final TranslationOptions options;
    private final Set<UpstreamId> upstreams = new TreeSet<>();
    private Set<ObjectKey> services = new TreeSet<>();

    /** Finds them among some objects. */
    public Backends(Objects objects, Grants grants, BackendTls tls, TranslationOptions options) {
        this.objects = objects;
        this.grants = grants;
        this.tls = tls;
        this.options = options;
    }

    /** All that were found so far. */
    public Set<UpstreamId> upstreams() {
        return upstreams;
    }

    /** The Services that were referred to since this was asked last. */
    Set<ObjectKey> takeServices() {
        var taken = services;
        services = new TreeSet<>();
        return taken;
    }

    /**
     * What a rule does with its requests.
     *
     * @param references whether all of its Services are there
     */
    record Found(Action action, Verdict references) {}

    /** A Service, or why it is none. */
    private sealed interface Target {
        record Of(UpstreamId upstream, UpstreamPolicy policy) implements Target {}

        record None(Verdict why) implements Target {}

        /** One that is there, and whose endpoints nobody may speak to. */
        record Closed(String reason) implements Target {}
    }

    /** What is done to the requests for one backend of a rule; empty where it cannot be honoured, and they may not pass without it. */
    @FunctionalInterface
    interface Own {
        Optional<List<Policy>> of(int index, HttpRoute.Backend backend);
    }

    /**
     * Finds those of a rule.
     *
     * @param session by which cookie clients are kept at their endpoints
     */
    Found of(GatewayRoute route, HttpRoute.Rule rule, Own own, Optional<SessionCookie> session) {
        var time = limit(rule);
        var retries = retries(rule);
        UnaryOperator<UpstreamPolicy> terms =
                policy -> session.map(cookie -> policy.with(new Balancing.Cookie(cookie.name())))
                        .orElse(policy)
                        .within(Optional.empty(), time)
                        .with(retries);
        var references = Verdict.yes("ResolvedRefs");
        var shares = Stream.<Route.Share>builder();
        for (var i = 0; i < rule.backends().size(); i++) {
            var backend = rule.backends().get(i);
            var target = target(route, backend.object(), backend.port());
            if (target instanceof Target.None(var why)) {
                references = references.with(why);
            }
            shares.add(own.of(i, backend)
                    .map(policies -> new Route.Share(backend.weight(), action(route, target, terms), policies))
                    .orElseGet(() -> new Route.Share(backend.weight(), error(route, UNSUPPORTED))));
        }
        var all = shares.build().toList();
        var isServed = all.stream().anyMatch(share -> share.weight() > 0);
        // Sessions "MUST be maintained across services, even if the weight is set to 0" (GEP-1619).
        var kept = all.stream()
                .filter(share -> share.weight() > 0 || (session.isPresent() && isServed))
                .toList();
        return new Found(action(route, kept), references);
    }

    private static Action action(GatewayRoute route, List<Route.Share> shares) {
        if (shares.isEmpty()) {
            return error(route, "BackendMissing");
        }
        var only = shares.getFirst();
        return shares.size() == 1 && only.policies().isEmpty() ? only.action() : new Action.Split(shares, false);
    }

    /**
     * What is answered where a request cannot be sent on as the route says. A client of gRPC takes 503 for UNAVAILABLE, which the API asks
     * for.
     */
    static Action error(GatewayRoute route, String reason) {
        return switch (route) {
            case HttpRoute _ -> new Action.Answer(ERROR, reason);
            case GrpcRoute _, StreamRoute _ -> new Action.Answer(UNAVAILABLE, reason);
        };
    }

    /** How often where a route does not say: once. */
    private static final int ATTEMPTS = 1;

    /** "Implementations SHOULD retry on connection errors ... if a retry stanza is configured" (HTTPRouteRule.retry). */
    private static Retries retries(HttpRoute.Rule rule) {
        return rule.retry()
                .map(retry -> {
                    var backoff = retry.backoff().isEmpty() ? Duration.ZERO : duration(retry.backoff());
                    var attempts = retry.attempts().orElse(ATTEMPTS);
                    if (attempts < 0 || attempts > MOST_ATTEMPTS) {
                        throw new UnservedException(
                                "a request is sent again 0 to " + MOST_ATTEMPTS + " times; correct retry.attempts");
                    }
                    if (backoff.compareTo(LONGEST_BACKOFF) > 0) {
                        throw new UnservedException("a request waits at most " + LONGEST_BACKOFF.toSeconds()
                                + "s before it is sent again; correct retry.backoff");
                    }
                    return new Retries(
                            attempts + 1, true, true, Set.copyOf(retry.codes()), false, backoff, within(rule, backoff));
                })
                .orElse(Retries.UNSEEN);
    }

    private static Action action(GatewayRoute route, Target target, UnaryOperator<UpstreamPolicy> terms) {
        return switch (target) {
            case Target.None(var why) -> error(route, why.reason());
            case Target.Closed(var reason) -> error(route, reason);
            case Target.Of(var upstream, var policy) -> new Action.Forward(upstream, terms.apply(policy));
        };
    }

    /** The shorter one of the two: neither the whole of an answer nor that of several tries is measured. */
    private static Optional<Duration> limit(HttpRoute.Rule rule) {
        return Stream.of(rule.requestTimeout(), rule.backendTimeout())
                .filter(text -> !text.isEmpty())
                .map(Backends::duration)
                .filter(time -> !time.isZero())
                .min(Duration::compareTo);
    }

    /** Who has waited for a whole {@code timeouts.request} is not kept waiting for another try. */
    private static Optional<Duration> within(HttpRoute.Rule rule, Duration backoff) {
        return Optional.of(rule.requestTimeout())
                .filter(text -> !text.isEmpty())
                .map(Backends::duration)
                .filter(time -> !time.isZero())
                .map(time -> time.compareTo(backoff) > 0 ? time.minus(backoff) : Duration.ofNanos(1));
    }

    private static Duration duration(String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new UnservedException(
                        "the time '" + text + "' cannot be read; write it as 10s, 500ms or 1h30m"));
    }

    /**
     * To where copies go.
     *
     * @param into takes what is wrong with it
     */
    Optional<Mirror> mirror(GatewayRoute route, HttpRoute.Filter.Mirror filter, Consumer<Verdict> into) {
        if (filter.numerator() < 0 || filter.denominator() < 1 || filter.numerator() > filter.denominator()) {
            throw new UnservedException("a RequestMirror is of 0 to 100 percent of all requests; correct it");
        }
        var share = (double) filter.numerator() / filter.denominator();
        return switch (target(route, filter.object(), filter.port())) {
            case Target.Of(var upstream, var policy) ->
                Optional.of(new Mirror(upstream, policy, Optional.empty(), true, share));
            case Target.None(var why) -> {
                into.accept(why);
                yield Optional.empty();
            }
            case Target.Closed _ -> Optional.empty();
        };
    }

    private Target target(GatewayRoute route, ForeignReference reference, OptionalInt port) {
        if (!reference.isOf(Service.KIND)) {
            return none("InvalidKind", reference + " cannot serve requests; name a Service");
        }
        if (!grants.permit(route, reference)) {
            return none("RefNotPermitted", Grants.remedy(route, reference));
        }
        var key = reference.from(route.key().namespace());
        var service = objects.find(Service.KIND, key);
        if (service.isEmpty()) {
            return none("BackendNotFound", "Service " + key + " does not exist; create it or correct the name");
        }
        if (service.get().type().equals(Service.EXTERNAL_NAME) && !options.externalNames()) {
            return none(
                    UNSUPPORTED,
                    "Service " + key + " is of type ExternalName, which is served only with --external-names;"
                            + " use one with endpoints");
        }
        if (port.isEmpty()) {
            return none("BackendNotFound", "the reference to Service " + key + " has no port; add its number");
        }
        services.add(key);
        return service.get()
                .port(port.getAsInt())
                .map(found -> target(route, key, found))
                .orElseGet(() -> none(
                        "BackendNotFound",
                        "Service " + key + " has no port " + port.getAsInt() + "; correct the number"));
    }

    private Target target(GatewayRoute route, ObjectKey service, Service.Port port) {
        var upstream = new UpstreamId(service.namespace(), service.name(), port.name(), port.number());
        var policy = UpstreamPolicy.DEFAULT.with(protocol(route, port.appProtocol()));
        // "HTTPRoute, GRPCRoute, TLSRoute with termination" (BackendTLSPolicySpec.targetRefs).
        var judged = route instanceof TcpRoute ? Optional.<BackendTls.Judged>empty() : tls.of(service, port.name());
        if (judged.isPresent() && judged.get().tls().isEmpty() && !(route instanceof StreamRoute)) {
            return new Target.Closed(judged.get().accepted().reason());
        }
        upstreams.add(upstream);
        // Of a TLSRoute the listener decides: where TLS passes, it is the client that judges the endpoint.
        return new Target.Of(
                upstream,
                judged.map(BackendTls.Judged::tls)
                        .map(terms -> policy.with(UpstreamProtocol.HTTPS)
                                .with(terms.orElseGet(() -> EndpointTls.UNVERIFIED.named(UNUSABLE))))
                        .orElse(policy));
    }

    /** Calls of gRPC are HTTP/2, whatever a Service forgets to say. */
    private static UpstreamProtocol protocol(GatewayRoute route, String appProtocol) {
        var protocol = UpstreamProtocol.of(appProtocol);
        return route instanceof GrpcRoute && protocol == UpstreamProtocol.HTTP1 ? UpstreamProtocol.H2C : protocol;
    }

    private static Target none(String reason, String message) {
        return new Target.None(Verdict.no(reason, message));
    }
}
