package dev.adit.observe.series;

import dev.adit.observe.FinishedTunnel;
import java.util.concurrent.atomic.AtomicLong;

/** The connections of one place that passed unread, as one event loop has counted them: it alone writes. */
final class TunnelSeries {
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong clientsGone = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    void add(FinishedTunnel tunnel) {
        var counter = switch (tunnel.result()) {
            case PASSED -> passed;
            case FAILED -> failed;
            case CLIENT_GONE -> clientsGone;
        };
        add(counter, 1);
        add(received, tunnel.received());
        add(sent, tunnel.sent());
    }

    private static void add(AtomicLong counter, long by) {
        counter.setRelease(counter.getPlain() + by);
    }

    TunnelCounts counts() {
        return new TunnelCounts(
                passed.getAcquire(),
                failed.getAcquire(),
                clientsGone.getAcquire(),
                received.getAcquire(),
                sent.getAcquire());
    }
}
