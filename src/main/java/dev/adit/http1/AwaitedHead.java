package dev.adit.http1;

import dev.adit.http.ClientClock;
import dev.adit.wire.RequestDecoder;

/** The next head of one connection, from its first byte to its last: what it may take of time and memory. */
final class AwaitedHead {
    private final PartialHeads all;
    private final PartialHeads.Sender sender;
    private final RequestDecoder decoder;
    private final ClientClock clock;

    AwaitedHead(PartialHeads all, PartialHeads.Sender sender, RequestDecoder decoder, ClientClock clock) {
        this.all = all;
        this.sender = sender;
        this.decoder = decoder;
        this.clock = clock;
    }

    /** All that is there has been read, and nothing of it waits to be served. */
    void readComplete() {
        if (clock.phase().isBeforeRequest() && !decoder.isDrained()) {
            clock.enter(ClientClock.Phase.HEAD);
            all.hold(sender, decoder.held());
        }
    }

    /** Whether nothing of it has come. */
    boolean isUnbegun() {
        return decoder.isDrained();
    }

    void whole() {
        if (clock.phase() == ClientClock.Phase.HEAD) {
            all.release(sender);
        }
        clock.enter(ClientClock.Phase.REQUEST);
    }

    /** It will not come. */
    void gone() {
        all.release(sender);
    }
}
