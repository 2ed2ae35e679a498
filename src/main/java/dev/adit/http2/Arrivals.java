package dev.adit.http2;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Requests whose heads have come, until all that came with them has been read: one that is reset at once, by its client
 * or for a frame that follows, costs no endpoint anything (CVE-2023-44487, CVE-2025-8671). Some in a turn of the event
 * loop, so that a client that asks for a hundred things at once does not have all others wait for them.
 */
final class Arrivals {
    private static final Logger LOG = Logger.getLogger(Arrivals.class);
    private static final int IN_A_TURN = 16;

    private final EventExecutor loop;
    private final Runnable next = this::start;
    private final Queue<RequestStream> requests = new ArrayDeque<>();

    /** None yet. */
    Arrivals(EventExecutor loop) {
        this.loop = loop;
    }

    void add(RequestStream request) {
        if (requests.isEmpty()) {
            loop.execute(next);
        }
        requests.add(request);
    }

    private void start() {
        try {
            for (var started = 0; started < IN_A_TURN && !requests.isEmpty(); started++) {
                start(requests.remove());
            }
        } finally {
            if (!requests.isEmpty()) {
                // Not as a task, since those of a turn are all done in it.
                var _ = loop.schedule(next, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    private static void start(RequestStream request) {
        try {
            request.start();
        } catch (RuntimeException | Error e) {
            LOG.error("A request could not be passed on", e);
            request.breakOff();
        }
    }
}
