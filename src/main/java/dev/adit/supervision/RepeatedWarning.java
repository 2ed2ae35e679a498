package dev.adit.supervision;

import java.time.Duration;
import org.jboss.logging.Logger;

/** A warning about a number that grows. It is logged at once, and then at most once a minute while the number grows. */
public final class RepeatedWarning {
    /** How long it waits until it is logged again. */
    public static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private static final Logger LOG = Logger.getLogger("dev.adit");

    private long said;
    private long saidAt;

    /** From any thread; the number stands before the rest of the sentence. */
    public synchronized void warn(long number, String rest) {
        var now = System.nanoTime();
        if (number > said && (said == 0 || now - saidAt > PAUSE)) {
            LOG.warnf("%d %s", number, rest);
            said = number;
            saidAt = now;
        }
    }
}
