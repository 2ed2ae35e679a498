package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.PathMatch;
import dev.adit.routing.RequestPath;
import dev.adit.translate.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads path and pathType by the rules that the API server itself applies. What comes of them is in the form in which
 * requests are matched, so that two spellings of one path are one.
 */
final class PathParser {
    private static final List<String> FORBIDDEN = List.of("//", "/./", "/../", "%2f");
    private static final List<String> FORBIDDEN_ENDS = List.of("/.", "/..");

    private static final String NO_REQUEST =
            "matches no request; percent-encode blanks, control characters, '?', '#', '\\'"
                    + " and whatever is not ASCII, and write a percent sign as %25";

    private final int maxTarget;
    private final Problems problems;

    PathParser(int maxTarget, Problems problems) {
        this.maxTarget = maxTarget;
        this.problems = problems;
    }

    Optional<PathMatch> parse(Ingress ingress, String field, Ingress.Path path) {
        return switch (path.pathType()) {
            case "Exact" -> valid(ingress, field, path.path()).map(PathMatch.Exact::new);
            case "Prefix" -> valid(ingress, field, path.path()).map(PathMatch.Prefix::new);
            // Left to the controller by the API: here it is Prefix, and an absent path is every path.
            case "ImplementationSpecific" ->
                valid(ingress, field, path.path().isEmpty() ? "/" : path.path()).map(PathMatch.Prefix::new);
            default -> {
                var given = path.pathType().isEmpty() ? "is missing" : "'" + path.pathType() + "' is unknown";
                problems.add(
                        ingress,
                        field + ".pathType",
                        Reason.PATH_TYPE_INVALID,
                        "the path type " + given + "; use Exact, Prefix or ImplementationSpecific");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> valid(Ingress ingress, String field, String path) {
        if (path.length() > maxTarget) {
            var message = "is " + path.length() + " characters long, but a request target has at most " + maxTarget
                    + " (--max-target). The path is not served; shorten it";
            return refuse(ingress, field, message);
        }
        var lower = path.toLowerCase(Locale.ROOT);
        if (!path.startsWith("/")) {
            return refuse(ingress, field, "'" + path + "' must begin with '/'");
        }
        for (var text : FORBIDDEN) {
            if (lower.contains(text)) {
                return refuse(ingress, field, "'" + path + "' must not contain '" + text + "'");
            }
        }
        for (var end : FORBIDDEN_ENDS) {
            if (path.endsWith(end)) {
                return refuse(ingress, field, "'" + path + "' must not end with '" + end + "'");
            }
        }
        var normal = path.indexOf('?') < 0 ? RequestPath.normalize(path) : null;
        return normal == null ? refuse(ingress, field, "'" + path + "' " + NO_REQUEST) : Optional.of(normal);
    }

    private Optional<String> refuse(Ingress ingress, String field, String message) {
        problems.add(ingress, field + ".path", Reason.PATH_INVALID, message);
        return Optional.empty();
    }
}
