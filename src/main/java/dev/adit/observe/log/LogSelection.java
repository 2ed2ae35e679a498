package dev.adit.observe.log;

import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which requests are written.
 *
 * @param statuses those with one of these
 * @param slow those that took as long as this, whatever their status
 * @param oneOf so many of these is written
 */
public record LogSelection(List<Statuses> statuses, Optional<Duration> slow, int oneOf) {
    private static final int CLIENT_CLOSED_REQUEST = 499;
    private static final int PASSED = 200;
    private static final int NOT_CONNECTED = 502;

    /** Every request. */
    public static final LogSelection ALL = new LogSelection(List.of(), Optional.empty(), 1);

    public LogSelection {
        statuses = List.copyOf(statuses);
        if (oneOf < 1) {
            throw new IllegalArgumentException("one of " + oneOf);
        }
    }

    /** Some statuses, the last one among them. */
    public record Statuses(int first, int last) {}

    boolean has(Finished request) {
        return has(status(request), request.nanos());
    }

    boolean has(FinishedTunnel tunnel) {
        return has(status(tunnel), tunnel.nanos());
    }

    private boolean has(int status, long nanos) {
        if (statuses.isEmpty() && slow.isEmpty()) {
            return true;
        }
        if (slow.isPresent() && nanos >= slow.get().toNanos()) {
            return true;
        }
        for (var one : statuses) {
            if (status >= one.first() && status <= one.last()) {
                return true;
            }
        }
        return false;
    }

    /** What nginx says of a connection that it has passed on, or could not. */
    static int status(FinishedTunnel tunnel) {
        return switch (tunnel.result()) {
            case PASSED -> PASSED;
            case FAILED -> NOT_CONNECTED;
            case CLIENT_GONE -> CLIENT_CLOSED_REQUEST;
        };
    }

    /** That of the client, or what nginx says of one that has left before it got any. */
    static int status(Finished request) {
        return request.status() == Finished.NO_STATUS && request.end() == End.CLIENT_GONE
                ? CLIENT_CLOSED_REQUEST
                : request.status();
    }
}
