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
import dev.adit.translate.TranslationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rules of an HTTPRoute. A rule that cannot be honoured whole is answered with 500: it never passes a request without what it asks for. */
public final class HttpRouteReader {
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
            rule.unread()
                    .forEach(name -> ignored.add(new Unserved(field + "." + name, "has no effect yet; remove it")));
            var matched = matched(rule, field);
            try {
                var policies = policies(rule);
                var action = action(rule, policies);
                add(matched, field, policies, action);
                return !matched.isEmpty();
            } catch (UnservedException e) {
                unserved.add(new Unserved(field, String.valueOf(e.getMessage())));
                add(matched, field, List.of(), Backends.error(route, "UnsupportedValue"));
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
            var origin = new RouteOrigin(route.key().namespace(), route.key().name(), field);
            matched.forEach(match -> routes.add(new Route(match, policies, action, origin)));
        }

        private List<Policy> policies(HttpRoute.Rule rule) {
            var takesPrefixes =
                    rule.matches().stream().allMatch(match -> match.pathType().equals("PathPrefix"));
            var all = new ArrayList<>(rule.filters());
            all.addAll(ofBackend(rule));
            var policies = new ArrayList<>(filters.read(all, takesPrefixes));
            var mirrors = all.stream()
                    .filter(Filter.Mirror.class::isInstance)
                    .map(Filter.Mirror.class::cast)
                    .toList();
            mirrors.stream()
                    .map(mirror -> backends.mirror(route, mirror, why -> references = references.and(why)))
                    .flatMap(Optional::stream)
                    .forEach(policies::add);
            return policies;
        }

        /** The filters of a backend are those of the rule where it is the only one. */
        private static List<Filter> ofBackend(HttpRoute.Rule rule) {
            if (rule.backends().stream().allMatch(backend -> backend.filters().isEmpty())) {
                return List.of();
            }
            var only = rule.backends().getFirst().filters();
            if (rule.backends().size() > 1 || !only.stream().allMatch(Filter.Fields.class::isInstance)) {
                throw new UnservedException(
                        "filters of a backend are served where it is the only one of its rule, and for"
                                + " fields alone; move them to a rule of its own");
            }
            return only;
        }

        private Action action(HttpRoute.Rule rule, List<Policy> policies) {
            var found = backends.of(route, rule);
            references = references.and(found.references());
            return policies.stream().anyMatch(Redirect.class::isInstance)
                    ? Backends.error(route, "Redirected") // which no request comes to
                    : found.action();
        }
    }
}
