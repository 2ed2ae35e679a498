package dev.adit.translate;

import dev.adit.routing.RequestPath;
import java.util.List;
import java.util.Locale;

/**
 * A path of a manifest by the rules that the API server itself applies to Ingresses and to HTTPRoutes. What is valid comes out in the
 * form in which requests are matched, so that two spellings of one path are one.
 */
public sealed interface PathSyntax {
    /** One that requests can have. */
    record Valid(String path) implements PathSyntax {}

    /** One that is not valid, and why: a sentence of which it is the subject. */
    record Invalid(String why) implements PathSyntax {}

    List<String> FORBIDDEN = List.of("//", "/./", "/../", "%2f");
    List<String> FORBIDDEN_ENDS = List.of("/.", "/..");

    String NO_REQUEST = "matches no request; percent-encode blanks, control characters, '?', '#', '\\'"
            + " and whatever is not ASCII, and write a percent sign as %25";

    /**
     * Judges one.
     *
     * @param maxTarget of requests
     */
    static PathSyntax of(String path, int maxTarget) {
        if (path.length() > maxTarget) {
            return new Invalid("is " + path.length() + " characters long, but a request target has at most " + maxTarget
                    + " (--max-target). The path is not served; shorten it");
        }
        if (!path.startsWith("/")) {
            return new Invalid("'" + path + "' must begin with '/'");
        }
        var lower = path.toLowerCase(Locale.ROOT);
        for (var text : FORBIDDEN) {
            if (lower.contains(text)) {
                return new Invalid("'" + path + "' must not contain '" + text + "'");
            }
        }
        for (var end : FORBIDDEN_ENDS) {
            if (path.endsWith(end)) {
                return new Invalid("'" + path + "' must not end with '" + end + "'");
            }
        }
        var normal = path.indexOf('?') < 0 ? RequestPath.normalize(path) : null;
        return normal == null ? new Invalid("'" + path + "' " + NO_REQUEST) : new Valid(normal);
    }
}
