package dev.adit.kube.watch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Notices when the store behind the API server has been set back, as from a backup: its resourceVersions are smaller than
 * those that were seen. A watch that goes on from a later one would be told nothing until they have grown as far, and never
 * of what has changed until then.
 */
final class HistoryCheck {
    private static final Logger LOG = Logger.getLogger(HistoryCheck.class);
    private static final Duration CALM = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Supplier<String> current;
    private final Supplier<Stream<String>> seen;
    private final Runnable setBack;
    private final ScheduledExecutorService timer;

    /**
     * Of one API server.
     *
     * @param current asks it for the resourceVersion of now
     * @param seen the resourceVersions up to which it was followed
     * @param setBack what to do
     */
    HistoryCheck(
            Supplier<String> current, Supplier<Stream<String>> seen, Runnable setBack, ScheduledExecutorService timer) {
        this.current = current;
        this.seen = seen;
        this.setBack = setBack;
        this.timer = timer;
    }

    void start() {
        after(CALM);
    }

    private void after(Duration pause) {
        var _ = timer.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        var pause = AFTER_FAILURE;
        try {
            // What was seen before the question is not younger than the answer, unless history has changed.
            var before = seen.get().mapToLong(Long::parseLong).max().orElse(0);
            var now = Long.parseLong(current.get());
            pause = CALM;
            if (now < before) {
                LOG.warnf(
                        "The API server is at resourceVersion %d, and %d was seen: it was set back. Everything is read anew",
                        now, before);
                setBack.run();
            }
        } catch (NumberFormatException e) {
            LOG.warnf(
                    "A resourceVersion is no number: %s. A store that is set back will not be noticed", e.getMessage());
            return;
        } catch (RuntimeException e) {
            LOG.debugf("The API server does not say its resourceVersion: %s", e.getMessage());
        }
        after(pause);
    }
}
