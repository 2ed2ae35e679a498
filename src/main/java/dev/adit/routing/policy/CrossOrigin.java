package dev.adit.routing.policy;

import java.util.List;
import java.util.OptionalInt;

/**
 * What pages of other origins may do (Fetch, "CORS protocol"), as the Gateway API has it: only requests with an Origin are answered for.
 * Preflight requests are answered here.
 *
 * @param origins such as {@code https://*.example.com}, where a star stands for one label or more; with a {@code *} alone every origin
 *     may
 * @param methods with a {@code *} alone all
 * @param headers likewise
 * @param exposed likewise
 * @param allowsCredentials whether they may send cookies
 * @param maxAge for how many seconds the answer to a preflight request holds
 */
public record CrossOrigin(
        List<FieldValue> origins,
        List<FieldValue> methods,
        List<FieldValue> headers,
        List<FieldValue> exposed,
        boolean allowsCredentials,
        OptionalInt maxAge)
        implements Policy {
    public CrossOrigin {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }
}
