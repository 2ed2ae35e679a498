package dev.adit.downstream.http2;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Requests whose heads have come, until all that came with them has been read: one that is reset at once, by its client
 * or for a frame that follows, costs no endpoint anything (CVE-2023-44487, CVE-2025-8671). Some in a turn of the event
 * loop, one of each connection after the other, so that clients that ask for hundreds of things at once do not have all
 * others wait for them.
 */
public final class StartQueue {
    private static final Logger LOG = Logger.getLogger(StartQueue.class);
    private static final int IN_A_TURN = 16;

    private final EventExecutor loop;
    private final Runnable next = this::start;
    private final Queue<Line> turns = new ArrayDeque<>();

    /** The requests of one connection, in the order in which they came. */
    static final class Line {
        private final Queue<Http2Downstream> requests = new ArrayDeque<>();
    }

    /** None yet, of all connections of an event loop. */
    public StartQueue(EventExecutor loop) {
        this.loop = loop;
    }

    void add(Line line, Http2Downstream request) {
        if (turns.isEmpty()) {
            loop.execute(next);
        }
        if (line.requests.isEmpty()) {
            turns.add(line);
        }
        line.requests.add(request);
    }

    private void start() {
        try {
            for (var started = 0; started < IN_A_TURN && !turns.isEmpty(); started++) {
                var line = turns.remove();
                var request = line.requests.remove();
                if (!line.requests.isEmpty()) {
                    turns.add(line);
                }
                start(request);
            }
        } finally {
            if (!turns.isEmpty()) {
                // Not as a task, since those of a turn are all done in it.
                var _ = loop.schedule(next, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    private static void start(Http2Downstream request) {
        try {
            request.start();
        } catch (RuntimeException | Error e) {
            LOG.error("A request could not be passed on", e);
            request.abandon();
        }
    }
}
