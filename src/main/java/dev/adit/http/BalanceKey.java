package dev.adit.http;

import dev.adit.routing.upstream.Balancing;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What of a request decides on its endpoint, where endpoints are chosen by hash. */
public final class BalanceKey {
    private BalanceKey() {}

    /**
     * The key, or null where the request has none.
     *
     * @param field the value of a header field, or null
     */
    public static @Nullable String of(
            Balancing balancing, Client client, RequestHead head, Function<String, @Nullable String> field) {
        return balancing instanceof Balancing.Hash(var key)
                ? switch (key) {
                    case Balancing.Key.ClientAddress _ -> address(client, field);
                    case Balancing.Key.Path _ -> head.path();
                    case Balancing.Key.Field(var name) -> field.apply(name);
                }
                : null;
    }

    /** Behind a trusted proxy the address that it has added, which is the last one. */
    private static String address(Client client, Function<String, @Nullable String> field) {
        var chain = client.isTrusted() ? field.apply("x-forwarded-for") : null;
        return chain == null
                ? client.address()
                : chain.substring(chain.lastIndexOf(',') + 1).strip();
    }
}
