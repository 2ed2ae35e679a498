package dev.adit.match;

import dev.adit.routing.PathMatch;
import dev.adit.routing.RequestPath;
import dev.adit.routing.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of one host: exact paths in a map, prefixes in a trie of path elements. */
final class PathIndex {
    private final Map<String, Route> exact = new HashMap<>();
    private final Node root = new Node();

    PathIndex(List<Route> routes) {
        for (var route : routes) {
            var path = normalize(route.path().path());
            switch (route.path()) {
                case PathMatch.Exact _ -> exact.putIfAbsent(path, route);
                case PathMatch.Prefix _ -> insert(path, route);
            }
        }
    }

    /** Ingress v1: an exact match is never shorter than any prefix match of the same path, so it comes first. */
    @Nullable
    Route match(String path) {
        var route = exact.get(path);
        return route != null ? route : longestPrefix(path);
    }

    /** Whether one path matches, by itself. */
    static boolean matches(PathMatch rule, String path) {
        var wanted = normalize(rule.path());
        return switch (rule) {
            case PathMatch.Exact _ -> path.equals(wanted);
            case PathMatch.Prefix _ ->
                wanted.equals("/")
                        || (path.startsWith(wanted)
                                && (path.length() == wanted.length() || path.charAt(wanted.length()) == '/'));
        };
    }

    private @Nullable Route longestPrefix(String path) {
        var node = root;
        var best = node.route;
        for (var start = 1; start < path.length(); ) {
            var slash = path.indexOf('/', start);
            var end = slash < 0 ? path.length() : slash;
            node = node.children.get(path.substring(start, end));
            if (node == null) {
                return best;
            }
            if (node.route != null) {
                best = node.route;
            }
            start = end + 1;
        }
        return best;
    }

    private void insert(String path, Route route) {
        var node = root;
        if (path.length() > 1) {
            for (var element : path.substring(1).split("/", -1)) {
                node = node.children.computeIfAbsent(element, _ -> new Node());
            }
        }
        if (node.route == null) {
            node.route = route;
        }
    }

    private static String normalize(String path) {
        var normal = RequestPath.normalize(path);
        // A rule's path that no request can have: kept as it is, so that it matches nothing.
        return normal == null ? path : normal;
    }

    private static final class Node {
        private final Map<String, Node> children = new HashMap<>(4);
        private @Nullable Route route;
    }
}
