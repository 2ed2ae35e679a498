package dev.adit.http;

import dev.adit.match.Cookies;
import dev.adit.routing.upstream.Balancing;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a request decides on its endpoint, where endpoints are chosen by hash or by cookie. */
public final class BalanceKey {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([a-z0-9_]+)}|([a-z0-9_]+))");
    private static final String FIELD = "http_";
    private static final String COOKIE = "cookie_";

    private BalanceKey() {}

    /**
     * The key, or null where the request has none.
     *
     * @param lines the lines of a header field
     */
    public static @Nullable String of(
            Balancing balancing, Client client, RequestHead head, Function<String, List<String>> lines) {
        return switch (balancing) {
            case Balancing.Hash(Balancing.Key.ClientAddress _) -> client.addressBehind(lines.apply("x-forwarded-for"));
            case Balancing.Hash(Balancing.Key.Path _) -> head.path();
            case Balancing.Hash(Balancing.Key.Template(var template)) ->
                VARIABLE.matcher(template)
                        .replaceAll(found -> Matcher.quoteReplacement(variable(
                                found.group(1) == null ? found.group(2) : found.group(1), client, head, lines)));
            case Balancing.Hash(Balancing.Key.Field(var name)) -> first(lines.apply(name));
            case Balancing.Cookie(var name) -> Cookies.value(String.join(";", lines.apply("cookie")), name);
            case Balancing.RoundRobin _, Balancing.LeastRequest _, Balancing.PeakEwma _ -> null;
        };
    }

    /** Of nginx, with its value for a request; empty where it is not known, or has none. */
    private static String variable(String name, Client client, RequestHead head, Function<String, List<String>> lines) {
        var value = switch (name) {
            case "request_uri" -> head.target();
            case "uri" -> head.path();
            case "host" -> head.host();
            case "remote_addr", "binary_remote_addr" -> client.addressBehind(lines.apply("x-forwarded-for"));
            default ->
                name.startsWith(FIELD)
                        ? first(lines.apply(name.substring(FIELD.length()).replace('_', '-')))
                        : name.startsWith(COOKIE)
                                ? Cookies.value(
                                        String.join(";", lines.apply("cookie")), name.substring(COOKIE.length()))
                                : "";
        };
        return value == null ? "" : value;
    }

    private static @Nullable String first(List<String> lines) {
        return lines.isEmpty() ? null : lines.getFirst();
    }
}
