package dev.adit.http;

import dev.adit.routing.upstream.Balancing;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What of a request decides on its endpoint, where endpoints are chosen by hash. */
public final class BalanceKey {
    private BalanceKey() {}

    /**
     * The key, or null where the request has none.
     *
     * @param lines the lines of a header field
     */
    public static @Nullable String of(
            Balancing balancing, Client client, RequestHead head, Function<String, List<String>> lines) {
        return balancing instanceof Balancing.Hash(var key)
                ? switch (key) {
                    case Balancing.Key.ClientAddress _ -> client.addressBehind(lines.apply("x-forwarded-for"));
                    case Balancing.Key.Path _ -> head.path();
                    case Balancing.Key.Field(var name) -> first(lines.apply(name));
                }
                : null;
    }

    private static @Nullable String first(List<String> lines) {
        return lines.isEmpty() ? null : lines.getFirst();
    }
}
