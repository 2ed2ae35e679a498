package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.PathMatch;
import dev.adit.translate.PathSyntax;
import dev.adit.translate.Problems;
import java.util.Optional;

/**
 * Reads path and pathType by the rules that the API server itself applies. What comes of them is in the form in which
 * requests are matched, so that two spellings of one path are one.
 */
final class PathParser {
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
        return switch (PathSyntax.of(path, maxTarget)) {
            case PathSyntax.Valid(var normal) -> Optional.of(normal);
            case PathSyntax.Invalid(var why) -> {
                problems.add(ingress, field + ".path", Reason.PATH_INVALID, why);
                yield Optional.empty();
            }
        };
    }
}
