package dev.adit.observe.statistics;

import dev.adit.observe.Finished;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The failed and the slowest requests of the last minutes on one event loop. Only that event loop writes. */
final class LoopRequests {
    static final int FAILED = 64;
    static final int SLOWEST_OF_MINUTE = 8;

    private static final int MINUTES = 5;
    /** How long the slowest are kept, at most. */
    static final Duration KEPT = Duration.ofMinutes(MINUTES);
    // A failing endpoint may fail thousands of requests a second, which all look the same.
    private static final long PAUSE = Duration.ofMillis(50).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final AtomicReferenceArray<RecentRequest> failed = new AtomicReferenceArray<>(FAILED);
    private final AtomicReferenceArray<RecentRequest> slowest = new AtomicReferenceArray<>(MINUTES * SLOWEST_OF_MINUTE);
    private long failures;
    private long failedAt;
    private long minute;
    // The fastest of those of this minute, and how long it took; -1 while one more has room.
    private int fastest;
    private long threshold = -1;

    /**
     * Takes a request if it is worth it.
     *
     * @param now of a clock that only goes forward, in nanoseconds
     * @param nanos that the request took
     */
    void add(Finished request, Outcome outcome, long now, long nanos) {
        if (outcome == Outcome.SERVER_ERROR && (failures == 0 || now - failedAt >= PAUSE)) {
            failedAt = now;
            failed.setRelease((int) (failures++ % FAILED), RecentRequest.of(request, Instant.now(), nanos));
        }
        var current = Math.floorDiv(now, MINUTE);
        if (current != minute) {
            begin(current);
        }
        if (nanos > threshold) {
            slowest.setRelease(fastest, RecentRequest.of(request, Instant.now(), nanos));
            findFastest();
        }
    }

    private void begin(long current) {
        minute = current;
        for (var place = first(); place < first() + SLOWEST_OF_MINUTE; place++) {
            slowest.setRelease(place, null);
        }
        findFastest();
    }

    private int first() {
        return Math.floorMod(minute, MINUTES) * SLOWEST_OF_MINUTE;
    }

    private void findFastest() {
        threshold = Long.MAX_VALUE;
        for (var place = first(); place < first() + SLOWEST_OF_MINUTE; place++) {
            var known = slowest.getPlain(place);
            var nanos = known == null ? -1 : known.nanos();
            if (nanos < threshold) {
                threshold = nanos;
                fastest = place;
            }
        }
    }

    Stream<RecentRequest> failed() {
        return of(failed);
    }

    Stream<RecentRequest> slowest() {
        return of(slowest);
    }

    @SuppressWarnings("NullAway") // what is missing is left out
    private static Stream<RecentRequest> of(AtomicReferenceArray<RecentRequest> requests) {
        return IntStream.range(0, requests.length())
                .mapToObj(requests::getAcquire)
                .filter(Objects::nonNull);
    }
}
