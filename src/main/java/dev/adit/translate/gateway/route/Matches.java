package dev.adit.translate.gateway.route;

import dev.adit.kube.HttpRoute;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Regex;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.ValueMatch;
import dev.adit.translate.PathSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the matches of an HTTPRoute. An expression has to describe the whole of a path or of a value. */
final class Matches {
    private final int maxTarget;

    Matches(int maxTarget) {
        this.maxTarget = maxTarget;
    }

    /**
     * One match.
     *
     * @throws UnservedException where it says what no request can be
     */
    RouteMatch read(HttpRoute.Match match) {
        return new RouteMatch(
                path(match),
                Optional.of(match.method()).filter(method -> !method.isEmpty()),
                values(match.headers(), name -> name.toLowerCase(Locale.ROOT)),
                values(match.query(), UnaryOperator.identity()),
                List.of());
    }

    private PathMatch path(HttpRoute.Match match) {
        return switch (match.pathType()) {
            case "Exact" -> new PathMatch.Exact(valid(match.path()));
            case "PathPrefix" -> new PathMatch.Prefix(valid(match.path()));
            case "RegularExpression" -> new PathMatch.Regex(expression(match.path()));
            default ->
                throw new UnservedException("the path type '" + match.pathType()
                        + "' is unknown; use Exact, PathPrefix or RegularExpression");
        };
    }

    private String valid(String path) {
        return switch (PathSyntax.of(path, maxTarget)) {
            case PathSyntax.Valid(var normal) -> normal;
            case PathSyntax.Invalid(var why) -> throw new UnservedException("the path " + why);
        };
    }

    private static Regex expression(String text) {
        // By itself first: with what stands around it, another one might be valid.
        valid(text, Regex.parse(text));
        return valid(text, Regex.parse("(?:" + text + ")\\z"));
    }

    private static Regex valid(String text, Regex.Parsed parsed) {
        return switch (parsed) {
            case Regex.Parsed.Valid(var regex) -> regex;
            case Regex.Parsed.Invalid(var reason) ->
                throw new UnservedException("the expression '" + text + "' is not valid: " + reason);
        };
    }

    /** Of several entries with one name the first counts, and all others are ignored. */
    private static List<ValueMatch> values(List<HttpRoute.ValueMatch> matches, UnaryOperator<String> normal) {
        var names = new HashSet<String>();
        var values = new ArrayList<ValueMatch>();
        for (var match : matches) {
            var name = normal.apply(match.name());
            if (names.add(name)) {
                values.add(
                        switch (match.type()) {
                            case "Exact" -> new ValueMatch.Equal(name, match.value());
                            case "RegularExpression" -> new ValueMatch.Matching(name, expression(match.value()));
                            default ->
                                throw new UnservedException("the type '" + match.type() + "' of the match for " + name
                                        + " is unknown; use Exact or RegularExpression");
                        });
            }
        }
        return values;
    }
}
