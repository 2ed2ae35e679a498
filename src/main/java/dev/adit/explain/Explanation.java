package dev.adit.explain;

import dev.adit.kube.Problem;
import dev.adit.match.MatchTrace;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one request.
 *
 * @param listener where it comes in
 * @param elsewhere the Gateways that have the same host on the same port at other addresses
 * @param head what of it decides; empty where it is refused before
 * @param certificate of a request over TLS, with the reason
 * @param trace the routes that were considered
 * @param problems of the Ingresses and routes that name its host, and of the Gateways of these
 */
public record Explanation(
        Question question,
        String listener,
        List<String> elsewhere,
        Optional<Head> head,
        Optional<String> certificate,
        MatchTrace trace,
        Answer answer,
        List<Problem> problems) {

    /** Host and path as they are matched. */
    public record Head(String host, String path, String query) {}

    public sealed interface Answer {
        /** One of these gets it, chosen in that way. */
        record Forward(String service, String policy, List<String> upstreamUrls) implements Answer {}

        /** It is answered without asking anyone. */
        record Own(int status, String reason, List<String> fields) implements Answer {}
    }
}
