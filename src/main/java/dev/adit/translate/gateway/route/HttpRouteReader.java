package dev.adit.translate.gateway.route;

import dev.adit.kube.GatewayRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.HttpRoute.Filter;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.StreamRoute;
import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.SessionCookie;
import dev.adit.translate.TranslationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rules of an HTTPRoute. What a rule or one of its backends asks for is never left out: where it cannot be honoured, requests are answered with an error. */
public final class HttpRouteReader {
    private static final Filter EXTENSION = new Filter.Other("ExtensionRef");

    private static final Verdict NO_EXTENSIONS =
            Verdict.no("InvalidKind", "An extensionRef names a filter, and Adit knows of no kinds of these; remove it");

    private final Matches matches;
    private final Filters filters;
    private final Backends backends;

    /** Reads them by what is found of their backends. */
    public HttpRouteReader(Backends backends, TranslationOptions options) {
        this.matches = new Matches(options.maxTarget());
        this.filters = new Filters(options.maxTarget());
        this.backends = backends;
    }

    /**
     * What a route means, whichever hosts it is for.
     *
     * @param references whether all that it refers to is there
     * @param unserved what is wrong with its rules
     * @param ignored what has no effect
     * @param isUnserved whether that is all of its rules
     * @param services that it refers to
     */
    public record Result(
            List<Route> routes,
            Verdict references,
            List<Unserved> unserved,
            List<Unserved> ignored,
            boolean isUnserved,
            Set<ObjectKey> services) {}

    /** A part of a rule that is not served. */
    public record Unserved(String field, String message) {
        @Override
        public String toString() {
            return field + ": " + message;
        }
    }

    /** Reads all rules of a route. */
    public Result read(GatewayRoute route) {
        var reading = new Reading(route);
        var failed = 0;
        var rules = route.rules();
        // The API server takes no more than one (TLSRouteSpec.rules, TCPRouteSpec.rules); in a folder there may be
        // more.
        for (var i = 1; route instanceof StreamRoute && i < rules.size(); i++) {
            reading.ignored.add(new Unserved(
                    "spec.rules[" + i + "]", "has no effect: a " + route.kind() + " has one rule; remove it"));
        }
        for (var i = 0; i < rules.size(); i++) {
            failed += reading.isServed(i, rules.get(i)) ? 0 : 1;
        }
        return new Result(
                reading.routes,
                reading.references,
                reading.unserved,
                reading.ignored,
                failed > 0 && failed == rules.size(),
                backends.takeServices());
    }

    private final class Reading {
        private final GatewayRoute route;
        private final List<Route> routes = new ArrayList<>();
        private final List<Unserved> unserved = new ArrayList<>();
        private final List<Unserved> ignored = new ArrayList<>();
        private Verdict references = Verdict.yes("ResolvedRefs");

        Reading(GatewayRoute route) {
            this.route = route;
        }

        /** Reads a rule, and returns whether some of its requests are served as it says. */
        boolean isServed(int number, HttpRoute.Rule rule) {
            var field = "spec.rules[" + number + "]";
            var matched = matched(rule, field);
            try {
                var policies = policies(rule, rule.filters());
                var session = Sessions.read(route, rule, matched, field, ignored::add);
                session.ifPresent(policies::add);
                var own = new OfBackends(rule, field);
                add(matched, field, policies, action(rule, policies, own, session));
                return !matched.isEmpty() && !own.isUnserved();
            } catch (UnservedException e) {
                unserved.add(new Unserved(field, String.valueOf(e.getMessage())));
                add(matched, field, List.of(), Backends.error(route, Backends.UNSUPPORTED));
                return false;
            }
        }

        private List<RouteMatch> matched(HttpRoute.Rule rule, String field) {
            var valid = new ArrayList<RouteMatch>();
            for (var i = 0; i < rule.matches().size(); i++) {
                try {
                    valid.add(matches.read(rule.matches().get(i)));
                } catch (UnservedException e) {
                    unserved.add(new Unserved(field + ".matches[" + i + "]", String.valueOf(e.getMessage())));
                }
            }
            return valid;
        }

        private void add(List<RouteMatch> matched, String field, List<Policy> policies, Action action) {
            var origin = new RouteOrigin(
                    route.kind().name(), route.key().namespace(), route.key().name(), field);
            matched.forEach(match -> routes.add(new Route(match, policies, action, origin)));
        }

        private List<Policy> policies(HttpRoute.Rule rule, List<Filter> read) {
            var takesPrefixes =
                    rule.matches().stream().allMatch(match -> match.pathType().equals("PathPrefix"));
            if (read.contains(EXTENSION)) {
                references = references.with(NO_EXTENSIONS);
            }
            var policies = new ArrayList<>(filters.read(read, takesPrefixes));
            var mirrors = read.stream()
                    .filter(Filter.Mirror.class::isInstance)
                    .map(Filter.Mirror.class::cast)
                    .toList();
            mirrors.stream()
                    .map(mirror -> backends.mirror(route, mirror, why -> references = references.with(why)))
                    .flatMap(Optional::stream)
                    .forEach(policies::add);
            return policies;
        }

        /**
         * The filters of the backends of a rule. One that is not served concerns the requests for its backend alone: "implementations
         * MUST NOT skip" it (HTTPRouteFilter), and the others are as they were.
         */
        private final class OfBackends implements Backends.Own {
            private final HttpRoute.Rule rule;
            private final String field;
            private int failed;

            OfBackends(HttpRoute.Rule rule, String field) {
                this.rule = rule;
                this.field = field + ".backendRefs[";
            }

            @Override
            public Optional<List<Policy>> of(int index, HttpRoute.Backend backend) {
                try {
                    backend.filters().forEach(this::check);
                    return Optional.of(policies(rule, backend.filters()));
                } catch (UnservedException e) {
                    failed++;
                    unserved.add(new Unserved(field + index + "].filters", String.valueOf(e.getMessage())));
                    return Optional.empty();
                }
            }

            private void check(Filter filter) {
                switch (filter) {
                    case Filter.Fields _, Filter.Mirror _, Filter.Other _ -> {}
                    case Filter.Rewrite _ -> {
                        if (rule.filters().stream().anyMatch(Filter.Rewrite.class::isInstance)) {
                            throw new UnservedException(
                                    "URLRewrite is a filter of the rule or of its backends; remove one of them");
                        }
                    }
                    case Filter.Redirect _ -> throw ofRule("RequestRedirect");
                    case Filter.Cors _ -> throw ofRule("CORS");
                }
            }

            private static UnservedException ofRule(String filter) {
                return new UnservedException(filter + " is a filter of a rule; move it there, or remove it");
            }

            boolean isUnserved() {
                return failed > 0 && failed == rule.backends().size();
            }
        }

        private Action action(
                HttpRoute.Rule rule, List<Policy> policies, OfBackends own, Optional<SessionCookie> session) {
            var found = backends.of(route, rule, own, session);
            references = references.with(found.references());
            return policies.stream().anyMatch(Redirect.class::isInstance)
                    ? Backends.error(route, "Redirected") // which no request comes to
                    : found.action();
        }
    }
}
