package dev.adit.http2;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Requests whose heads have come, until all that came with them has been read: one that is reset at once, by its client
 * or for a frame that follows, costs no endpoint anything (CVE-2023-44487, CVE-2025-8671).
 */
final class Arrivals {
    private static final Logger LOG = Logger.getLogger(Arrivals.class);

    private final Executor loop;
    private List<RequestStream> requests = new ArrayList<>();

    /**
     * None yet.
     *
     * @param loop runs what it is given when it has read what there is
     */
    Arrivals(Executor loop) {
        this.loop = loop;
    }

    void add(RequestStream request) {
        if (requests.isEmpty()) {
            loop.execute(this::start);
        }
        requests.add(request);
    }

    private void start() {
        var arrived = requests;
        requests = new ArrayList<>();
        for (var request : arrived) {
            try {
                request.start();
            } catch (RuntimeException e) {
                LOG.error("A request could not be passed on", e);
                request.breakOff();
            }
        }
    }
}
