package dev.adit.filter;

import dev.adit.routing.PathMatch;
import dev.adit.routing.Regex;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.RequestPath;
import dev.adit.routing.policy.PathEdit;
import org.jspecify.annotations.Nullable;

/** Makes the path of one request that of another. */
final class PathEditor {
    private final PathEdit edit;
    private final PathMatch matched;
    private final @Nullable Regex below;

    /**
     * For the requests of a route.
     *
     * @param matched what the route asks of their path
     */
    PathEditor(PathEdit edit, PathMatch matched) {
        this.edit = edit;
        this.matched = matched;
        this.below = edit instanceof PathEdit.GroupsBelow ? below(matched) : null;
    }

    private static @Nullable Regex below(PathMatch matched) {
        return Regex.parse(matched.text() + "/") instanceof Regex.Parsed.Valid(var regex) ? regex : null;
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
                        ? expression.expand(RequestPath.merged(path), template, new RegexBudget())
                        : path;
            case PathEdit.GroupsBelow(var template) -> below(template, path);
        };
    }

    private String below(String template, String path) {
        var expanded = below == null ? null : below.expandMatch(RequestPath.merged(path), template, new RegexBudget());
        return expanded == null ? path : expanded;
    }

    /** Gateway API, HTTPPathModifier: the slashes at the end of both prefixes are ignored. */
    private String withPrefix(String prefix, String path) {
        var old = matched instanceof PathMatch.Regex ? "" : withoutSlash(matched.text());
        // By the path that was matched, which may be written otherwise on a host of ingress-nginx.
        var whence = path.startsWith(old) ? path : RequestPath.merged(path);
        var rest = whence.substring(Math.min(old.length(), whence.length()));
        var whole = withoutSlash(prefix) + rest;
        return whole.startsWith("/") ? whole : "/" + whole;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
