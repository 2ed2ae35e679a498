package dev.adit.observe;

import dev.adit.routing.Hostname;
import dev.adit.routing.Tunnel;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that passed unread, and has ended.
 *
 * @param host the name that owns it, as its object says it
 * @param upstream the Service that it was meant for; null where there was none to ask
 * @param endpoint that it was passed to, or that was tried last; null where none was
 * @param earlier the endpoints that were tried before it
 * @param received bytes of the client, and {@code sent} those of the endpoint
 * @param nanosToConnect from the choice of that endpoint until it took the connection; only where it did
 * @param nanos from the time that it was known where the connection goes to its end
 */
public record FinishedTunnel(
        Tunnel tunnel,
        Hostname host,
        String clientAddress,
        @Nullable UpstreamId upstream,
        @Nullable Endpoint endpoint,
        Result result,
        List<Attempt> earlier,
        long received,
        long sent,
        long nanosToConnect,
        long nanos) {

    /** What became of a connection. */
    public enum Result {
        PASSED,
        /** No endpoint took it. */
        FAILED,
        /** The client left before one did. */
        CLIENT_GONE
    }
}
