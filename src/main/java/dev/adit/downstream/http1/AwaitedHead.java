package dev.adit.downstream.http1;

import dev.adit.http.ClientClock;
import dev.adit.http.codec.RequestDecoder;

/** The next head of one connection, from its first byte to its last. */
final class AwaitedHead {
    private final RequestDecoder decoder;
    private final ClientClock clock;

    AwaitedHead(RequestDecoder decoder, ClientClock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    /** All that is there has been read, and nothing of it waits to be served. */
    void readComplete() {
        if (clock.phase().isBeforeRequest() && !decoder.isDrained()) {
            clock.enter(ClientClock.Phase.HEAD);
        }
    }

    /** Whether nothing of it has come. */
    boolean isUnbegun() {
        return decoder.isDrained();
    }

    void whole() {
        clock.enter(ClientClock.Phase.REQUEST);
    }

    /** Drops what of it has come; no head comes any more. */
    void drop() {
        decoder.drop();
    }

    /** How many bytes of memory it takes while it is not whole. */
    int held() {
        return clock.phase() == ClientClock.Phase.HEAD ? decoder.held() : 0;
    }
}
