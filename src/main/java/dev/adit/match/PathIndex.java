package dev.adit.match;

import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host: exact paths in a map, prefixes in a sorted array. Whatever a rule says, it costs a few words
 * beside its own text, and a look-up neither allocates nor recurses.
 */
final class PathIndex {
    private final Map<String, Route> exact = new HashMap<>();
    // In the order of their elements: right after a prefix come those that begin with it.
    private final Prefix[] prefixes;

    /**
     * A prefix.
     *
     * @param path without a slash at its end, so that the root is empty
     * @param shorter the longest other prefix of the host that this one begins with
     */
    private record Prefix(
            String path, Route route, @Nullable Prefix shorter) {
        /** Whether its elements are the first ones of a path with which it has so many characters in common. */
        boolean begins(String other, int common) {
            var length = path.length();
            return length == 0 || (length <= common && (length == other.length() || other.charAt(length) == '/'));
        }
    }

    PathIndex(List<Route> routes) {
        var sorted = new ArrayList<Prefix>();
        for (var route : routes) {
            var path = route.path().path();
            switch (route.path()) {
                case PathMatch.Exact _ -> exact.putIfAbsent(path, route);
                case PathMatch.Prefix _ -> sorted.add(new Prefix(withoutSlash(path), route, null));
            }
        }
        sorted.sort(Comparator.comparing(Prefix::path, PathIndex::compare));
        prefixes = linked(sorted);
    }

    /** Of two with the same path the first stays. */
    private static Prefix[] linked(List<Prefix> sorted) {
        var linked = new ArrayList<Prefix>(sorted.size());
        Prefix last = null;
        for (var next : sorted) {
            if (last != null && last.path().equals(next.path())) {
                continue;
            }
            var shorter = last;
            while (shorter != null && !shorter.begins(next.path(), common(shorter.path(), next.path()))) {
                shorter = shorter.shorter();
            }
            last = new Prefix(next.path(), next.route(), shorter);
            linked.add(last);
        }
        return linked.toArray(Prefix[]::new);
    }

    /** Ingress v1: an exact match is never shorter than any prefix match of the same path, so it comes first. */
    @Nullable
    Route match(String path) {
        var route = exact.get(path);
        return route != null ? route : longestPrefix(path);
    }

    /** Whether one path matches, by itself. */
    static boolean matches(PathMatch rule, String path) {
        var wanted = rule.path();
        return switch (rule) {
            case PathMatch.Exact _ -> path.equals(wanted);
            case PathMatch.Prefix _ -> {
                var prefix = withoutSlash(wanted);
                yield path.startsWith(prefix)
                        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
            }
        };
    }

    /** The longest one is the last that does not come after the path, or one that this one begins with. */
    private @Nullable Route longestPrefix(String path) {
        var low = 0;
        var high = prefixes.length - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            if (compare(prefixes[middle].path(), path) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return null;
        }
        var prefix = prefixes[high];
        var common = common(prefix.path(), path);
        while (prefix != null && !prefix.begins(path, common)) {
            prefix = prefix.shorter();
        }
        return prefix == null ? null : prefix.route();
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
