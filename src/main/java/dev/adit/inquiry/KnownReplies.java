package dev.adit.inquiry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Answers that are good for other requests too. One for the process, shared by all event loops. */
public final class KnownReplies {
    // The one that has been asked for longest ago is forgotten first.
    private static final int MOST = 10_000;
    private static final int LARGEST = 4_096;
    private static final int LONGEST_KEY = 2_048;

    private final LongSupplier nanos;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Known(Reply reply, long until) {}

    /**
     * Nothing is known.
     *
     * @param nanos a clock as {@link System#nanoTime}
     */
    public KnownReplies(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A reply that is still good. */
    public Optional<Reply> get(String key) {
        synchronized (known) {
            var found = known.get(key);
            if (found == null) {
                return Optional.empty();
            }
            if (nanos.getAsLong() - found.until() >= 0) {
                known.remove(key);
                return Optional.empty();
            }
            return Optional.of(found.reply());
        }
    }

    /** Remembers a reply, unless it says that it is for one request alone, or is too large. */
    public void add(String key, Reply reply, Duration good) {
        if (key.length() > LONGEST_KEY || reply.size() > LARGEST || isForOne(reply)) {
            return;
        }
        synchronized (known) {
            known.put(key, new Known(reply, nanos.getAsLong() + good.toNanos()));
            if (known.size() > MOST) {
                var oldest = known.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** RFC 9111 §5.2.2; and a cookie is for one client. */
    private static boolean isForOne(Reply reply) {
        return !reply.values("set-cookie").isEmpty()
                || reply.values("cache-control").stream()
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .anyMatch(value ->
                                value.contains("no-store") || value.contains("no-cache") || value.contains("private"));
    }
}
