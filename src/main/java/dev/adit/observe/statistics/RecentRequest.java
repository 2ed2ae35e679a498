package dev.adit.observe.statistics;

import dev.adit.observe.End;
import dev.adit.observe.Finished;
import java.time.Instant;

/**
 * A request that was slow or has failed. It has no query, no header field, no body and no address of a client.
 *
 * @param host that was asked for, at most 253 characters
 * @param path at most 200 characters
 * @param status that the client got, or {@link Finished#NO_STATUS}
 * @param reason why Adit answered or broke off, or empty
 * @param rule where the route was written, or empty
 * @param service and {@code endpoint} that were asked last, or empty
 * @param nanos to the head of the response, or to the end where there was none
 */
public record RecentRequest(
        Instant at,
        String method,
        String host,
        String path,
        int status,
        End end,
        String reason,
        String rule,
        String service,
        String endpoint,
        int attempts,
        long nanos) {
    private static final int MOST_OF_METHOD = 20;
    private static final int MOST_OF_HOST = 253;
    private static final int MOST_OF_PATH = 200;

    static RecentRequest of(Finished request, Instant at, long nanos) {
        var reason = request.reason();
        var origin = request.origin();
        var upstream = request.upstream();
        var endpoint = request.endpoint();
        return new RecentRequest(
                at,
                shortened(request.method(), MOST_OF_METHOD),
                shortened(request.host(), MOST_OF_HOST),
                shortened(path(request.path()), MOST_OF_PATH),
                request.status(),
                request.end(),
                reason == null ? "" : reason.reason(),
                origin == null ? "" : origin.toString(),
                upstream == null ? "" : upstream.toString(),
                endpoint == null ? "" : endpoint.toString(),
                request.attempts(),
                nanos);
    }

    /** Without what may stand before it where the head could not be read: users write passwords there. */
    private static String path(String written) {
        if (written.startsWith("/")) {
            return written;
        }
        var authority = written.indexOf("//");
        var path = authority < 0 ? -1 : written.indexOf('/', authority + 2);
        return path < 0 ? "" : written.substring(path);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
