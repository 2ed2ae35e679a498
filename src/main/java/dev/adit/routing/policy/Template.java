package dev.adit.routing.policy;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with variables of nginx, such as {@code https://$host/check}, each of which stands for what it is in a request. One that is
 * not known is empty.
 */
public record Template(String text) {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([A-Za-z0-9_]+)}|([A-Za-z0-9_]+))");
    private static final Set<String> KNOWN = Set.of(
            "args",
            "best_http_host",
            "binary_remote_addr",
            "document_uri",
            "escaped_request_uri",
            "host",
            "http_host",
            "is_args",
            "pass_access_scheme",
            "pass_server_port",
            "query_string",
            "remote_addr",
            "req_id",
            "request_method",
            "request_uri",
            "scheme",
            "server_name",
            "server_port",
            "trimmed_request_uri",
            "uri");
    private static final Pattern OF_REQUEST = Pattern.compile("(http|cookie|arg)_.+");

    /** Whether it has any variable. */
    public boolean hasVariables() {
        return VARIABLE.matcher(text).find();
    }

    /** Whether all of its variables are known, and nothing is written like one that is none. */
    public boolean isKnown() {
        return VARIABLE.matcher(text).replaceAll("").indexOf('$') < 0
                && VARIABLE.matcher(text)
                        .results()
                        .map(Template::name)
                        .allMatch(name ->
                                KNOWN.contains(name) || OF_REQUEST.matcher(name).matches());
    }

    /** The text with these in place of its variables. */
    public String expand(UnaryOperator<String> values) {
        return text.indexOf('$') < 0
                ? text
                : VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(values.apply(name(found))));
    }

    private static String name(MatchResult found) {
        var name = found.group(1) == null ? found.group(2) : found.group(1);
        return name.toLowerCase(Locale.ROOT); // as nginx has them
    }

    @Override
    public String toString() {
        return text;
    }
}
