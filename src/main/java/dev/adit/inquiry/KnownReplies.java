package dev.adit.inquiry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Answers that are good for other requests too. One for the process, shared by all event loops. */
public final class KnownReplies {
    // The one that has been asked for longest ago is forgotten first.
    private static final int MOST = 10_000;
    private static final int LARGEST = 4_096;
    private static final int LONGEST_KEY = 2_048;
    private static final Pattern MAX_AGE = Pattern.compile("(?:s-maxage|max-age)=([0-9]{1,9})");

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
        var until = nanos.getAsLong() + Math.min(good.toNanos(), maxAge(reply));
        synchronized (known) {
            known.put(key, new Known(reply, until));
            if (known.size() > MOST) {
                var oldest = known.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** RFC 9111 §5.2.2.1, in nanoseconds; no bound where there is none. */
    private static long maxAge(Reply reply) {
        var age =
                MAX_AGE.matcher(String.join(",", reply.values("cache-control")).toLowerCase(Locale.ROOT));
        var least = Long.MAX_VALUE;
        while (age.find()) {
            least = Math.min(
                    least, Duration.ofSeconds(Integer.parseInt(age.group(1))).toNanos());
        }
        return least;
    }

    /** RFC 9111 §5.2.2 and §4.1; and a cookie is for one client. Dates are not looked at: what has one is asked for anew. */
    private static boolean isForOne(Reply reply) {
        return !reply.values("set-cookie").isEmpty()
                || !reply.values("vary").isEmpty()
                || !reply.values("expires").isEmpty()
                || !reply.values("x-accel-expires").isEmpty()
                || reply.values("cache-control").stream()
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .anyMatch(value ->
                                value.contains("no-store") || value.contains("no-cache") || value.contains("private"));
    }
}
