package dev.adit.migrate;

import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A snippet of configuration that does nothing but edit fields or redirect, and the annotations that do the same.
 *
 * @param annotations each with its value, as they are written in YAML
 */
record Snippet(List<String> annotations) {
    private static final String QUOTED = "(?:\"([^\"$]*)\"|'([^'$]*)'|([^\\s;\"'$]+))";
    private static final Pattern MORE_SET_HEADERS = Pattern.compile("more_set_headers\\s+" + QUOTED);
    private static final Pattern ADD_HEADER =
            Pattern.compile("add_header\\s+([^\\s\"'$]+)\\s+" + QUOTED + "(?:\\s+always)?");
    private static final Pattern PROXY_SET_HEADER = Pattern.compile("proxy_set_header\\s+([^\\s\"'$]+)\\s+" + QUOTED);
    private static final Pattern RETURN =
            Pattern.compile("return\\s+(301|302|303|307|308)\\s+\"?(https?://[^\\s\"'$;]+)(\\$request_uri)?\"?");
    private static final Pattern COMMENT = Pattern.compile("(?m)#.*$");

    /** Empty where it does anything else. */
    static Optional<Snippet> read(String text) {
        var request = new ArrayList<String>();
        var response = new ArrayList<String>();
        var redirect = new ArrayList<String>();
        for (var statement : COMMENT.matcher(text).replaceAll("").split(";", -1)) {
            if (!statement.isBlank() && !read(statement.strip(), request, response, redirect)) {
                return Optional.empty();
            }
        }
        var annotations = new ArrayList<String>();
        lines("adit.dev/request-headers", request).ifPresent(annotations::add);
        lines("adit.dev/response-headers", response).ifPresent(annotations::add);
        annotations.addAll(redirect);
        return annotations.isEmpty() ? Optional.empty() : Optional.of(new Snippet(List.copyOf(annotations)));
    }

    private static boolean read(String statement, List<String> request, List<String> response, List<String> redirect) {
        var more = MORE_SET_HEADERS.matcher(statement);
        if (more.matches()) {
            var field = value(more.group(1), more.group(2), more.group(3));
            var colon = field.indexOf(':');
            return colon < 0
                    ? add(response, "-" + field, field, "")
                    : add(response, field, field.substring(0, colon), field.substring(colon + 1));
        }
        var added = ADD_HEADER.matcher(statement);
        if (added.matches()) {
            var value = value(added.group(2), added.group(3), added.group(4));
            return add(response, "+" + added.group(1) + ": " + value, added.group(1), value);
        }
        var sent = PROXY_SET_HEADER.matcher(statement);
        if (sent.matches()) {
            var value = value(sent.group(2), sent.group(3), sent.group(4));
            var line = value.isEmpty() ? "-" + sent.group(1) : sent.group(1) + ": " + value;
            return add(request, line, sent.group(1), value);
        }
        var sentAway = RETURN.matcher(statement);
        if (sentAway.matches()) {
            var isTemporary = !sentAway.group(1).equals("301");
            var url = sentAway.group(2) + (sentAway.group(3) == null ? "" : sentAway.group(3));
            redirect.add("nginx.ingress.kubernetes.io/" + (isTemporary ? "temporal-redirect: " : "permanent-redirect: ")
                    + url);
            return redirect.size() == 1;
        }
        return false;
    }

    /** False for what is no field. */
    private static boolean add(List<String> lines, String line, String name, String value) {
        var isField = FieldName.of(name.strip()).isPresent()
                && FieldValue.of(value.strip()).isPresent();
        if (isField) {
            lines.add(line);
        }
        return isField;
    }

    private static String value(@Nullable String... groups) {
        for (var group : groups) {
            if (group != null) {
                return group;
            }
        }
        return "";
    }

    private static Optional<String> lines(String annotation, List<String> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(annotation + ": |-\n" + "  " + String.join("\n  ", lines));
    }
}
