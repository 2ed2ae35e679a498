package dev.adit.http1;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The heads that have come in part to one event loop. Together they may hold so much memory and no more: who has waited
 * longest is given up for one more, since those who mean well have sent the rest long since.
 */
public final class PartialHeads {
    private final SequencedMap<Sender, Integer> held = new LinkedHashMap<>();
    private final long most;
    private long total;

    /** A client that has not sent the whole of its head. */
    @FunctionalInterface
    interface Sender {
        void giveUp();
    }

    /** Nothing yet; all of them together may hold so many bytes. */
    public PartialHeads(long most) {
        this.most = most;
    }

    /** It holds so many bytes now. */
    void hold(Sender sender, int bytes) {
        var before = held.put(sender, bytes);
        total += bytes - (before == null ? 0 : before);
        while (total > most) {
            var oldest = held.pollFirstEntry();
            total -= oldest.getValue();
            oldest.getKey().giveUp();
        }
    }

    /** Its head is whole, or it has gone. */
    void release(Sender sender) {
        var before = held.remove(sender);
        total -= before == null ? 0 : before;
    }
}
