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
     * @param fields the values of a header field
     */
    public static @Nullable String of(
            Balancing balancing, Client client, RequestHead head, Function<String, List<String>> fields) {
        return balancing instanceof Balancing.Hash(var key)
                ? switch (key) {
                    case Balancing.Key.ClientAddress _ -> address(client, fields);
                    case Balancing.Key.Path _ -> head.path();
                    case Balancing.Key.Field(var name) -> {
                        var values = fields.apply(name);
                        yield values.isEmpty() ? null : values.getFirst();
                    }
                }
                : null;
    }

    /** Behind a trusted proxy, the address that this proxy added: the last one of the last line. */
    private static String address(Client client, Function<String, List<String>> fields) {
        var lines = client.isTrusted() ? fields.apply("x-forwarded-for") : List.<String>of();
        if (lines.isEmpty()) {
            return client.address();
        }
        var chain = lines.getLast();
        return chain.substring(chain.lastIndexOf(',') + 1).strip();
    }
}
