package dev.adit.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The TLS handshakes of one event loop, by the version that they ended with. */
public final class HandshakeCounts {
    /** In place of a version: the handshake failed. */
    public static final String FAILED = "failed";

    private static final int MOST_VERSIONS = 8;

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** One has ended. */
    public void ended(String version) {
        if (counts.size() < MOST_VERSIONS || counts.containsKey(version)) {
            counts.computeIfAbsent(version, _ -> new AtomicLong()).getAndIncrement();
        }
    }

    /** Adds them to what others have counted. */
    public void addTo(Map<String, Long> sums) {
        counts.forEach((version, count) -> sums.merge(version, count.get(), Long::sum));
    }
}
