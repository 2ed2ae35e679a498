package dev.adit.exchange;

import dev.adit.inquiry.KnownReplies;
import dev.adit.overload.ConcurrentUses;
import dev.adit.overload.RateCounters;
import java.util.concurrent.TimeUnit;

/** What all event loops together know of the requests that there were. */
public record Remembered(RateCounters rates, ConcurrentUses uses, KnownReplies replies) {
    /** Nothing yet. */
    public static Remembered nothing() {
        return new Remembered(
                new RateCounters(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())),
                new ConcurrentUses(),
                new KnownReplies(System::nanoTime));
    }
}
