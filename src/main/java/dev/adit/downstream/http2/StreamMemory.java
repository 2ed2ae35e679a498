package dev.adit.downstream.http2;

import dev.adit.overload.MemoryBudget;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the streams of one connection make Adit hold. */
final class StreamMemory {
    // What a connection takes at once; more than this may wait for its client.
    private static final int FREE = 65_536;

    private final MemoryBudget budget;
    private final Http2Connection.PropertyKey key;
    private final Consumer<Http2Stream> giveWay;
    private List<HeldStream> unsent = new ArrayList<>();
    private List<HeldStream> spare = new ArrayList<>();
    private long waiting;

    /**
     * Counts from now on.
     *
     * @param giveWay ends a stream that has to give way
     */
    StreamMemory(MemoryBudget budget, Http2Connection streams, Consumer<Http2Stream> giveWay) {
        this.budget = budget;
        this.key = streams.newKey();
        this.giveWay = giveWay;
        streams.remote().flowController(new CountedFlow(streams.remote().flowController(), this));
    }

    MemoryBudget budget() {
        return budget;
    }

    void add(HeldStream held) {
        held.stream().setProperty(key, held);
    }

    @Nullable
    HeldStream of(Http2Stream stream) {
        return stream.getProperty(key);
    }

    void waits(int bytes) {
        waiting += bytes;
    }

    /** Whether more waits than a connection takes at once. */
    boolean isCrowded() {
        return waiting > FREE;
    }

    /** To be told of the next flush. */
    void unsent(HeldStream held) {
        unsent.add(held);
    }

    /** All streams have written what they may. */
    void flushed() {
        if (unsent.isEmpty()) {
            return;
        }
        var told = unsent;
        unsent = spare; // streams that still wait are added again
        told.forEach(HeldStream::flushed);
        told.clear();
        spare = told;
    }

    void giveWay(Http2Stream stream) {
        giveWay.accept(stream);
    }
}
