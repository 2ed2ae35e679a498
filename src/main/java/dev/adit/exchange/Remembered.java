package dev.adit.exchange;

import dev.adit.inquiry.KnownReplies;
import dev.adit.overload.ConcurrentUses;
import dev.adit.overload.RateCounters;
import dev.adit.password.DigestNonces;
import java.util.concurrent.TimeUnit;

/** What all event loops together know of the requests that there were. */
public record Remembered(RateCounters rates, ConcurrentUses uses, KnownReplies replies, DigestNonces nonces) {
    /** Nothing yet. */
    public static Remembered nothing() {
        var start = System.nanoTime();
        return new Remembered(
                new RateCounters(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())),
                new ConcurrentUses(),
                new KnownReplies(System::nanoTime),
                new DigestNonces(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
    }
}
