package dev.adit.http;

import dev.adit.match.Cookies;
import dev.adit.routing.policy.Template;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the variables of nginx are in one request.
 *
 * @param client who is taken for the client
 * @param connection the peer of the connection
 * @param lines the lines of a header field
 */
public record RequestVariables(
        Client client, Client connection, RequestHead head, Function<String, List<String>> lines) {
    private static final String FIELD = "http_";
    private static final String COOKIE = "cookie_";
    private static final String PARAMETER = "arg_";

    /** Of a request whose client is the peer of the connection. */
    public RequestVariables(Client client, RequestHead head, Function<String, List<String>> lines) {
        this(client, client, head, lines);
    }

    /** Those of another head of the same request. */
    public RequestVariables of(RequestHead other) {
        return new RequestVariables(client, connection, other, lines);
    }

    public String expand(Template template) {
        return template.expand(name -> value(name));
    }

    /** A URL: what is not a character of one is escaped in what the variables are. */
    public String url(Template template) {
        return template.expand(name -> RequestHead.escaped(value(name)));
    }

    /** What a variable is, by its name in lower case; empty where it is not known, or is nothing in this request. */
    public String value(String name) {
        return text(known(name));
    }

    private @Nullable String known(String name) {
        return switch (name) {
            case "request_uri" -> head.target();
            case "escaped_request_uri" -> escaped(head.target());
            case "trimmed_request_uri" -> trimmed(head.target());
            case "uri", "document_uri" -> head.path();
            case "args", "query_string" -> query();
            case "is_args" -> head.query().isEmpty() ? "" : "?";
            case "host", "server_name" -> head.host();
            case "http_host" -> head.asked();
            case "best_http_host" -> head.forwardedHost();
            case "request_method" -> head.method();
            case "scheme" -> scheme();
            case "pass_access_scheme" -> isSecure() ? "https" : "http";
            // Those of the listeners, whatever the client has addressed.
            case "server_port" -> scheme().equals("https") ? "443" : "80";
            case "pass_server_port" ->
                head.manner().port().isEmpty()
                        ? isSecure() ? "443" : "80"
                        : head.manner().port();
            case "req_id" -> first("x-request-id");
            case "remote_addr", "binary_remote_addr" -> clientAddress();
            default -> ofRequest(name);
        };
    }

    private @Nullable String ofRequest(String name) {
        if (name.startsWith(FIELD)) {
            var values = lines.apply(name.substring(FIELD.length()).replace('_', '-'));
            return values.isEmpty() ? null : String.join(", ", values);
        }
        if (name.startsWith(COOKIE)) {
            return Cookies.valueInAnyCase(String.join(";", lines.apply("cookie")), name.substring(COOKIE.length()));
        }
        return name.startsWith(PARAMETER) ? parameter(name.substring(PARAMETER.length())) : null;
    }

    /** As it is written, and not decoded. */
    private @Nullable String parameter(String name) {
        for (var pair : query().split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals == name.length() && pair.regionMatches(true, 0, name, 0, equals)) {
                return pair.substring(equals + 1);
            }
        }
        return null;
    }

    private String query() {
        return head.query().isEmpty() ? "" : head.query().substring(1);
    }

    /** Of the connection, or of a trusted proxy in front. */
    public String scheme() {
        return connection.cameSecurely(lines.apply("x-forwarded-proto")) ? "https" : "http";
    }

    private @Nullable String first(String name) {
        var values = lines.apply(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Whether the client, or a trusted proxy in front, has come by TLS. */
    public boolean isSecure() {
        return client.cameSecurely(lines.apply("x-forwarded-proto"));
    }

    /** Of the connection, or behind a trusted proxy the one that the proxy has added. */
    public String clientAddress() {
        return client.addressBehind(lines.apply("x-forwarded-for"));
    }

    /** Without a slash at its end. */
    private static String trimmed(String target) {
        return target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** As part of a URL: all but the unreserved characters of RFC 3986 §2.3. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            var c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return escaped.toString();
    }
}
