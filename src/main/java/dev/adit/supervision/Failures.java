package dev.adit.supervision;

import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells what a thread or a timer failed with: once in full, then in a line a minute as long as it is the same. */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final long AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private @Nullable Class<? extends Throwable> last;
    private long toldAt;
    private long untold;

    Failures(String name) {
        this.name = name;
    }

    synchronized void passed() {
        last = null;
        untold = 0;
    }

    /** Never throws: to tell of a lack of memory takes memory. */
    synchronized void failed(Throwable failure) {
        try {
            var now = System.nanoTime();
            if (failure.getClass() != last) {
                last = failure.getClass();
                toldAt = now;
                LOG.errorf(failure, "%s failed, and goes on with what was there before", name);
            } else if (now - toldAt >= AGAIN) {
                toldAt = now;
                LOG.errorf("%s failed again, %d times since it was told last: %s", name, untold + 1, failure);
                untold = 0;
            } else {
                untold++;
            }
        } catch (Throwable _) {
            untold++;
        }
    }
}
