package dev.adit.match;

import dev.adit.routing.PathMatch;
import dev.adit.routing.Regex;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host: exact paths in a map, expressions in a list, prefixes in a sorted array. Whatever a rule says, it
 * costs a few words beside its own text, and a look-up by paths neither allocates nor recurses. Each path holds its routes
 * in their order of precedence, and the first one whose conditions hold takes a request.
 */
final class PathIndex {
    // Where no route has an expression, nothing is spent.
    private static final RegexBudget UNUSED = new RegexBudget();

    private final Map<String, Route[]> exact;
    private final List<Expression> expressions = new ArrayList<>(0);
    // In the order of their elements: right after a prefix come those that begin with it.
    private final Prefix[] prefixes;
    private final boolean hasExpressions;

    private static final class Prefix {
        /** Without a slash at its end, so that the root is empty. */
        private final String path;

        private final Route[] routes;
        /** The longest other prefix of the host that this one begins with. */
        private final @Nullable Prefix shorter;

        Prefix(String path, Route[] routes, @Nullable Prefix shorter) {
            this.path = path;
            this.routes = routes;
            this.shorter = shorter;
        }

        /** Whether its elements are the first ones of a path with which it has so many characters in common. */
        boolean begins(String other, int common) {
            var length = path.length();
            return length == 0 || (length <= common && (length == other.length() || other.charAt(length) == '/'));
        }
    }

    private record Expression(Regex regex, Route route) {}

    /**
     * Compiles routes.
     *
     * @param routes in the order of {@link Route#PRECEDENCE}
     */
    PathIndex(List<Route> routes) {
        var byPath = new HashMap<String, List<Route>>();
        var byPrefix = new HashMap<String, List<Route>>();
        for (var route : routes) {
            switch (route.match().path()) {
                case PathMatch.Exact(var path) -> list(byPath, path).add(route);
                case PathMatch.Regex(var regex) -> expressions.add(new Expression(regex, route));
                case PathMatch.Prefix(var path) ->
                    list(byPrefix, withoutSlash(path)).add(route);
            }
        }
        exact = HashMap.newHashMap(byPath.size());
        byPath.forEach((path, all) -> exact.put(path, all.toArray(Route[]::new)));
        var sorted = new ArrayList<Prefix>(byPrefix.size());
        byPrefix.forEach((path, all) -> sorted.add(new Prefix(path, all.toArray(Route[]::new), null)));
        sorted.sort(Comparator.comparing((Prefix prefix) -> prefix.path, PathIndex::compare));
        prefixes = linked(sorted);
        hasExpressions = routes.stream().map(Route::match).anyMatch(RouteMatch::hasExpressions);
    }

    private static List<Route> list(Map<String, List<Route>> routes, String path) {
        return routes.computeIfAbsent(path, _ -> new ArrayList<>(1));
    }

    private static Prefix[] linked(List<Prefix> sorted) {
        var linked = new ArrayList<Prefix>(sorted.size());
        Prefix last = null;
        for (var next : sorted) {
            var shorter = last;
            while (shorter != null && !shorter.begins(next.path, common(shorter.path, next.path))) {
                shorter = shorter.shorter;
            }
            last = new Prefix(next.path, next.routes, shorter);
            linked.add(last);
        }
        return linked.toArray(Prefix[]::new);
    }

    /** The route that takes a request, or null. */
    @Nullable
    Route match(RoutingRequest request) {
        var path = request.path();
        var budget = hasExpressions ? new RegexBudget() : UNUSED;
        var routes = exact.get(path);
        var found = routes == null ? null : first(routes, request, budget);
        if (found != null) {
            return found;
        }
        for (var expression : expressions) {
            if (expression.regex.matches(path, budget) && holds(expression.route, request, budget)) {
                return expression.route;
            }
        }
        return longestPrefix(path, request, budget);
    }

    private static @Nullable Route first(Route[] routes, RoutingRequest request, RegexBudget budget) {
        for (var route : routes) {
            if (holds(route, request, budget)) {
                return route;
            }
        }
        return null;
    }

    private static boolean holds(Route route, RoutingRequest request, RegexBudget budget) {
        return route.match().isPathOnly() || Conditions.hold(route.match(), request, budget);
    }

    /** Whether one path matches, by itself. */
    static boolean matches(PathMatch rule, String path, RegexBudget budget) {
        return switch (rule) {
            case PathMatch.Exact(var wanted) -> path.equals(wanted);
            case PathMatch.Regex(var expression) -> expression.matches(path, budget);
            case PathMatch.Prefix(var wanted) -> {
                var prefix = withoutSlash(wanted);
                yield path.startsWith(prefix)
                        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
            }
        };
    }

    /**
     * The longest one is the last that does not come after the path, or one that this one begins with; where the conditions
     * of its routes do not hold, the next shorter one is asked.
     */
    private @Nullable Route longestPrefix(String path, RoutingRequest request, RegexBudget budget) {
        var low = 0;
        var high = prefixes.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            if (compare(prefixes[middle].path, path) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return null;
        }
        var prefix = prefixes[high];
        var common = common(prefix.path, path);
        for (; prefix != null; prefix = prefix.shorter) {
            var found = prefix.begins(path, common) ? first(prefix.routes, request, budget) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Element by element: a slash is less than whatever else a path can hold. */
    private static int compare(String one, String two) {
        var at = common(one, two);
        if (at == one.length() || at == two.length()) {
            return one.length() - two.length();
        }
        return order(one.charAt(at)) - order(two.charAt(at));
    }

    private static int order(char c) {
        return c == '/' ? 0 : c;
    }

    private static int common(String one, String two) {
        var shorter = Math.min(one.length(), two.length());
        var at = 0;
        while (at < shorter && one.charAt(at) == two.charAt(at)) {
            at++;
        }
        return at;
    }
}
