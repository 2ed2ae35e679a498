package dev.adit.kube.watch;

import dev.adit.supervision.Tasks;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Notices what a watch cannot tell by itself. The store behind the API server has been set back, as from a backup: a watch
 * that goes on from a resourceVersion that is not there yet would be told nothing until there is one. Once the store has
 * grown past that number nobody can tell any more, so that after every outage all is read anew. And a connection has
 * died without a word, as where a router has forgotten it: the server sends a bookmark every minute or two, and none comes.
 */
final class HistoryCheck {
    private static final Logger LOG = Logger.getLogger(HistoryCheck.class);
    private static final Duration CALM = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    static final Duration SILENCE = Duration.ofSeconds(150);
    static final Duration BETWEEN_OUTAGES = Duration.ofSeconds(30);

    private final Supplier<String> current;
    private final LongSupplier failures;
    private final LongSupplier ends;
    private final List<? extends Followed> all;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer;
    private final Map<Followed, Heard> heard = new HashMap<>();
    private long failuresBefore;
    private long endsBefore;
    private long outageAllowed;
    private long due;

    /** A kind, or one object, that is followed. */
    interface Followed {
        String name();

        /** The last resourceVersion that was seen, of a bookmark too. */
        Optional<String> revision();

        /** Reads everything once more; what was read stays until then. */
        void again();
    }

    /**
     * What was heard of a kind last.
     *
     * @param isReread whether it has been read anew since
     */
    private record Heard(long revision, long at, Duration patience, boolean isReread) {}

    /**
     * Of one API server.
     *
     * @param current asks it for the resourceVersion of now
     * @param failures how many requests it has not answered
     * @param ends how many watches it has ended: each time it is asked at once, for it may be about to stop
     */
    HistoryCheck(
            Supplier<String> current,
            LongSupplier failures,
            LongSupplier ends,
            List<? extends Followed> all,
            LongSupplier nanoTime,
            ScheduledExecutorService timer) {
        this.current = current;
        this.failures = failures;
        this.ends = ends;
        this.failuresBefore = failures.getAsLong();
        this.outageAllowed = nanoTime.getAsLong();
        this.all = all;
        this.nanoTime = nanoTime;
        this.timer = timer;
    }

    void start() {
        due = nanoTime.getAsLong() + CALM.toNanos();
        var _ = timer.scheduleWithFixedDelay(
                Tasks.guarded("The look at the API server's history", this::turn),
                AFTER_FAILURE.toMillis(),
                AFTER_FAILURE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void turn() {
        var ended = ends.getAsLong();
        if (nanoTime.getAsLong() - due >= 0 || ended != endsBefore || isOutageOver()) {
            endsBefore = ended;
            due = nanoTime.getAsLong() + AFTER_FAILURE.toNanos(); // unless the look says otherwise
            due = nanoTime.getAsLong() + look().toNanos();
        }
    }

    /** Returns how long to wait until the next look. */
    Duration look() {
        try {
            heard.keySet().retainAll(all);
            // What was seen before the question is not younger than the answer, unless history has changed.
            var before = all.stream().mapToLong(HistoryCheck::revision).max().orElse(0);
            var isOutageOver = isOutageOver();
            var now = Long.parseLong(current.get());
            var failed = failures.getAsLong(); // until now: what is read anew is read later
            if (now < before) {
                LOG.warnf(
                        "The API server is at resourceVersion %d, and %d was seen: it was set back. Everything is read anew",
                        now, before);
                readAnew(failed);
            } else if (isOutageOver) {
                LOG.info("The API server is back. It may have been set back: everything is read anew");
                readAnew(failed);
            } else {
                all.forEach(followed -> listen(followed, now));
            }
            return CALM;
        } catch (NumberFormatException e) {
            LOG.debugf("A resourceVersion is no number: %s", e.getMessage());
            return CALM;
        } catch (RuntimeException e) {
            heard.clear(); // nobody can be heard
            LOG.debugf("The API server does not say its resourceVersion: %s", e.getMessage());
            return AFTER_FAILURE;
        }
    }

    /** Whether some request had no answer since everything was read. Where the network is bad they are many: one in a while. */
    private boolean isOutageOver() {
        return failures.getAsLong() != failuresBefore && nanoTime.getAsLong() - outageAllowed >= 0;
    }

    private void readAnew(long failed) {
        failuresBefore = failed;
        outageAllowed = nanoTime.getAsLong() + BETWEEN_OUTAGES.toNanos();
        heard.keySet().removeIf(followed -> revision(followed) != 0);
        // Where the first list has not ended it is being read.
        all.stream().filter(followed -> revision(followed) != 0).forEach(Followed::again);
    }

    private void listen(Followed followed, long now) {
        var revision = revision(followed); // 0 as long as it has not been read: that may be lost as well
        var last = heard.get(followed);
        var at = nanoTime.getAsLong();
        if (last == null) {
            heard.put(followed, new Heard(revision, at, SILENCE, false));
        } else if (last.revision() != revision) {
            // The first after it was read anew is that of the list.
            heard.put(followed, new Heard(revision, at, last.isReread() ? last.patience() : SILENCE, false));
        } else if (revision == now) {
            heard.put(followed, new Heard(revision, at, last.patience(), last.isReread()));
        } else if (at - last.at() > last.patience().toNanos()) {
            LOG.warnf(
                    "Nothing was heard of %s for %d s, not even a bookmark: it is read anew",
                    followed.name(), Duration.ofNanos(at - last.at()).toSeconds());
            // Where the server sends no bookmarks, as some stores have it, silence says less each time.
            var longer = last.patience().multipliedBy(2);
            heard.put(followed, new Heard(revision, at, longer, true));
            followed.again();
        }
    }

    private static long revision(Followed followed) {
        return followed.revision().map(Long::parseLong).orElse(0L);
    }
}
