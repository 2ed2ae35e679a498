package dev.adit.overload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many requests each client of a zone has made lately, by the rules of ngx_http_limit_req_module. One for the process, shared by all
 * event loops: a lock is held for as long as it takes to count one request.
 */
public final class RateCounters {
    // Of all zones together, shared equally. The client that has been silent for longest is forgotten first.
    private static final int MOST_CLIENTS = 100_000;
    private static final int FEWEST_CLIENTS = 50;
    private static final int MOST_ZONES = 2_000;
    private static final long WHOLE = 1_000; // requests are counted in thousandths

    private final LongSupplier millis;
    private final Map<Zone, Map<String, Bucket>> zones = new LinkedHashMap<>(16, 0.75f, true);

    private record Zone(String name, long thousandthsPerSecond) {
        // By hand, as in UpstreamId: it is looked up with every request.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Zone that
                    && thousandthsPerSecond == that.thousandthsPerSecond
                    && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Long.hashCode(thousandthsPerSecond);
        }
    }

    private record Bucket(long excess, long at) {}

    /**
     * Nobody has made any request.
     *
     * @param millis a clock that does not go back
     */
    public RateCounters(LongSupplier millis) {
        this.millis = millis;
    }

    /** A rate, and how many requests fit into the bucket beyond it. */
    public record Rate(long thousandthsPerSecond, long burst) {
        /** So many a second. */
        public static Rate perSecond(int requests, int multiplier) {
            return new Rate(requests * WHOLE, (long) requests * multiplier * WHOLE);
        }

        /** So many a minute. */
        public static Rate perMinute(int requests, int multiplier) {
            return new Rate(requests * WHOLE / 60, (long) requests * multiplier * WHOLE);
        }
    }

    /** Counts a request of a client; false, and not counted, where it is one too many for one of the rates. */
    public boolean count(String zone, String client, List<Rate> rates) {
        var now = millis.getAsLong();
        synchronized (zones) {
            var next = new Bucket[rates.size()];
            for (var i = 0; i < next.length; i++) {
                var rate = rates.get(i);
                var clients = zones.get(new Zone(zone, rate.thousandthsPerSecond()));
                next[i] = next(clients == null ? null : clients.get(client), rate, now);
                if (next[i].excess() > rate.burst()) {
                    return false;
                }
            }
            for (var i = 0; i < next.length; i++) {
                put(new Zone(zone, rates.get(i).thousandthsPerSecond()), client, next[i]);
            }
            return true;
        }
    }

    private void put(Zone zone, String client, Bucket bucket) {
        var clients = zones.get(zone);
        if (clients == null) {
            clients = new LinkedHashMap<>(16, 0.75f, true);
            zones.put(zone, clients);
            shrink(zones, MOST_ZONES);
        }
        clients.put(client, bucket);
        shrink(clients, Math.max(FEWEST_CLIENTS, MOST_CLIENTS / zones.size()));
    }

    private static <K, V> void shrink(Map<K, V> oldestFirst, int most) {
        // Two at once: when there come to be more zones, each has to give some back.
        for (var i = 0; i < 2 && oldestFirst.size() > most; i++) {
            var all = oldestFirst.entrySet().iterator();
            all.next();
            all.remove();
        }
    }

    private static Bucket next(@Nullable Bucket before, Rate rate, long now) {
        if (before == null) {
            return new Bucket(0, now);
        }
        var leaked = rate.thousandthsPerSecond() * (now - before.at()) / WHOLE;
        return new Bucket(Math.max(0, before.excess() - leaked + WHOLE), now);
    }
}
