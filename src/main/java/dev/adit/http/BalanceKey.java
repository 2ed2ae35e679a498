package dev.adit.http;

import dev.adit.match.Cookies;
import dev.adit.routing.policy.Template;
import dev.adit.routing.upstream.Balancing;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What of a request decides on its endpoint, where endpoints are chosen by hash or by cookie. */
public final class BalanceKey {
    private BalanceKey() {}

    /**
     * The key, or null where the request has none.
     *
     * @param lines the lines of a header field
     */
    public static @Nullable String of(
            Balancing balancing, Client client, RequestHead head, Function<String, List<String>> lines) {
        return switch (balancing) {
            case Balancing.Hash(Balancing.Key.ClientAddress _, var _) ->
                client.addressBehind(lines.apply("x-forwarded-for"));
            case Balancing.Hash(Balancing.Key.Path _, var _) -> head.path();
            case Balancing.Hash(Balancing.Key.Template(var template), var _) ->
                new RequestVariables(client, head, lines).expand(new Template(template));
            case Balancing.Hash(Balancing.Key.Field(var name), var _) -> first(lines.apply(name));
            case Balancing.Cookie(var name) -> Cookies.value(String.join(";", lines.apply("cookie")), name);
            case Balancing.RoundRobin _, Balancing.LeastRequest _, Balancing.PeakEwma _ -> null;
        };
    }

    private static @Nullable String first(List<String> lines) {
        return lines.isEmpty() ? null : lines.getFirst();
    }
}
