package dev.adit.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of everything that was tried. */
public final class Tally {
    private final Map<String, LongAdder> done = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();

    public void done(String what) {
        done.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    public void failed(String what, Object why) {
        failed.computeIfAbsent(what + ": " + why, _ -> new LongAdder()).increment();
    }

    public long count() {
        return done.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long failures() {
        return failed.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public String toString() {
        return new TreeMap<>(done) + ", failed " + new TreeMap<>(failed);
    }
}
