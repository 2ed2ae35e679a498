package dev.adit.delegate;

import dev.adit.http.ClientClock;
import dev.adit.http.Limits;
import dev.adit.overload.Claim;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** How the bodies of one exchange move, and whether it is the client that they wait for. */
final class BodyProgress {
    // For a client to count as one that sends or reads: a byte now and then does not.
    private static final int PROGRESS_BYTES = 1_024;

    private final HttpServerRequest request;
    private final ClientClock clock;
    private final boolean isConversation;
    private long received;
    private long moved;
    private long movedAt = System.nanoTime();

    BodyProgress(HttpServerRequest request, Limits limits) {
        this.request = request;
        this.clock = new ClientClock(limits);
        clock.enter(ClientClock.Phase.REQUEST);
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        isConversation = type != null && type.startsWith("application/grpc");
    }

    /** Since when the endpoint has waited for the client to send or to read. */
    long stalledSince(HttpClientRequest upstream, long now) {
        var total = request.bytesRead() + request.response().bytesWritten();
        if (total - moved >= PROGRESS_BYTES) {
            moved = total;
            movedAt = now;
        }
        return owes(upstream) || isUnread() ? movedAt : Claim.NOT_STALLED;
    }

    /**
     * Whether the client has sent nothing for too long of a body that the endpoint waits for. Once the endpoint answers
     * they may be in a conversation, and in gRPC from the beginning, in which nobody has to say anything.
     */
    boolean isOver(HttpClientRequest upstream, long now) {
        clock.progress((int) (request.bytesRead() - received));
        received = request.bytesRead();
        if (isConversation || !owes(upstream) || request.response().headWritten()) {
            clock.restart();
            return false;
        }
        return clock.isOver(now, true, 0);
    }

    private boolean owes(HttpClientRequest upstream) {
        return !request.isEnded() && !upstream.writeQueueFull();
    }

    private boolean isUnread() {
        return !request.response().ended() && request.response().writeQueueFull();
    }
}
