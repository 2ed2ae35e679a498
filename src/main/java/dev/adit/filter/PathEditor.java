package dev.adit.filter;

import dev.adit.routing.PathMatch;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.RequestPath;
import dev.adit.routing.policy.PathEdit;
import org.jspecify.annotations.Nullable;

/** Makes the path of one request that of another. */
final class PathEditor {
    private final PathEdit edit;
    private final PathMatch matched;

    /**
     * For the requests of a route.
     *
     * @param matched what the route asks of their path
     */
    PathEditor(PathEdit edit, PathMatch matched) {
        this.edit = edit;
        this.matched = matched;
    }

    /** The other path in its normal form, or null where the result is not a path. */
    @Nullable
    String apply(String path) {
        return RequestPath.normalize(text(path));
    }

    /** What the edit makes of a path, which need not be one. */
    String text(String path) {
        return switch (edit) {
            case PathEdit.Full(var whole) -> whole;
            case PathEdit.Prefix(var prefix) -> withPrefix(prefix, path);
            case PathEdit.Groups(var template) ->
                matched instanceof PathMatch.Regex(var expression)
                        ? expression.expand(path, template, new RegexBudget())
                        : path;
        };
    }

    /** Gateway API, HTTPPathModifier: the slashes at the end of both prefixes are ignored. */
    private String withPrefix(String prefix, String path) {
        var old = matched instanceof PathMatch.Regex ? "" : withoutSlash(matched.text());
        var rest = path.substring(Math.min(old.length(), path.length()));
        var whole = withoutSlash(prefix) + rest;
        return whole.startsWith("/") ? whole : "/" + whole;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
