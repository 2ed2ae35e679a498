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
                    case Balancing.Key.ClientAddress _ -> address(client, lines);
                    case Balancing.Key.Path _ -> head.path();
                    case Balancing.Key.Field(var name) -> first(lines.apply(name));
                }
                : null;
    }

    /** Behind a trusted proxy the address that it has added, which is the last one. */
    private static String address(Client client, Function<String, List<String>> lines) {
        var added = client.isTrusted() ? Client.addedLast(lines.apply("x-forwarded-for")) : null;
        return added == null ? client.address() : added;
    }

    private static @Nullable String first(List<String> lines) {
        return lines.isEmpty() ? null : lines.getFirst();
    }
}
