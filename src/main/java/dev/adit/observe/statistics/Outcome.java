package dev.adit.observe.statistics;

import dev.adit.observe.Finished;
import org.jspecify.annotations.Nullable;

/** How a request ended, as golden signals see it. */
enum Outcome {
    SUCCESS(0),
    CLIENT_ERROR(1),
    /** The status is 5xx, or the response was broken off. */
    SERVER_ERROR(2),
    /** The client left before its response. Nobody here is to blame. */
    CLIENT_GONE(3);

    static final int COUNT = 4;

    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final int place;

    Outcome(int place) {
        this.place = place;
    }

    /** Where its number is among the counts of a {@link Tally}. */
    int index() {
        return LatencyScale.BUCKETS + place;
    }

    /** As the client sees it. */
    static Outcome of(Finished request) {
        return switch (request.end()) {
            case CLIENT_GONE -> CLIENT_GONE;
            case UPSTREAM_BROKE, BROKEN_OFF -> SERVER_ERROR;
            case COMPLETE, ANSWERED, REFUSED, UPGRADED ->
                request.status() == Finished.NO_STATUS ? CLIENT_ERROR : of(request.status());
        };
    }

    /** As it is for the endpoint that was asked last; null where what went wrong says nothing of the endpoint. */
    static @Nullable Outcome ofEndpoint(Finished request) {
        return switch (request.end()) {
            case CLIENT_GONE -> CLIENT_GONE;
            case UPSTREAM_BROKE -> SERVER_ERROR;
            case UPGRADED -> SUCCESS;
            case COMPLETE, ANSWERED, REFUSED, BROKEN_OFF -> {
                if (request.endpointStatus() != Finished.NO_STATUS) {
                    yield of(request.endpointStatus());
                }
                yield request.reason() != null && request.reason().isOfEndpoint() ? SERVER_ERROR : null;
            }
        };
    }

    static Outcome of(int status) {
        if (status >= FIRST_SERVER_ERROR) {
            return SERVER_ERROR;
        }
        return status >= FIRST_CLIENT_ERROR ? CLIENT_ERROR : SUCCESS;
    }
}
