package dev.adit.migrate;

import dev.adit.routing.policy.Template;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values that mean something to ingress-nginx, and something else to Adit, of annotations that are served exactly otherwise. */
final class ValueDifferences {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?[A-Za-z_]");
    private static final Pattern URL = Pattern.compile("(https?://|[$]scheme).*");
    // Which a location has, and no request.
    private static final Pattern OF_LOCATION =
            Pattern.compile("[$](?:namespace|ingress_name|service_name|location_path)(?![A-Za-z0-9_])");
    private static final Pattern OTHER_PROTOCOL = Pattern.compile("AUTO_HTTP|FCGI");

    private ValueDifferences() {}

    /** How one of them is served; empty where nothing is otherwise. */
    static Optional<String> of(String annotation, String value) {
        return switch (annotation) {
            case "rewrite-target" -> rewrite(value);
            case "server-alias" ->
                when(
                        value.contains("~"),
                        "has a regular expression, which stands for no name here; write the names, or wildcards");
            case "upstream-vhost" ->
                of("upstream-hash-by", OF_LOCATION.matcher(value).replaceAll("x"));
            case "upstream-hash-by" ->
                when(
                        !new Template(value).isKnown(),
                        "has a variable that Adit does not know, and that is empty; use one that docs/ingress-nginx.md lists");
            case "backend-protocol" ->
                when(OTHER_PROTOCOL.matcher(value).matches(), "is read as HTTP; use HTTP, HTTPS, GRPC or GRPCS");
            default -> Optional.empty();
        };
    }

    private static Optional<String> rewrite(String value) {
        return when(
                !URL.matcher(value).matches() && VARIABLE.matcher(value).find(),
                "has a variable, which endpoints get as it is written; only groups such as $1 are replaced");
    }

    private static Optional<String> when(boolean isSo, String text) {
        return isSo ? Optional.of(text) : Optional.empty();
    }
}
