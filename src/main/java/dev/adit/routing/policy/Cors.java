package dev.adit.routing.policy;

import java.util.List;
import java.util.Optional;

/**
 * What pages of other origins may do (Fetch, "CORS protocol"). Preflight requests are answered here.
 *
 * @param origins such as {@code https://*.example.com}, where a star stands for one label; with a {@code *} alone
 *     every origin may
 * @param methods as they are sent
 * @param headers likewise
 * @param exposed likewise
 * @param allowsCredentials whether they may send cookies
 * @param maxAge for how many seconds the answer to a preflight request holds
 */
public record Cors(
        List<String> origins,
        FieldValue methods,
        FieldValue headers,
        Optional<FieldValue> exposed,
        boolean allowsCredentials,
        int maxAge)
        implements Policy {
    public Cors {
        origins = List.copyOf(origins);
    }
}
