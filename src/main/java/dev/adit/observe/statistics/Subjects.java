package dev.adit.observe.statistics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All routes, or all endpoints, that have had requests within an hour. Their number has a bound. */
final class Subjects<K> {
    /** What comes beyond is counted together. */
    static final int MOST = 5_000;

    private final int loops;
    private final K others;
    private final Map<K, Subject> subjects = new ConcurrentHashMap<>();
    private volatile long turn;
    private volatile long turnedAt;

    Subjects(int loops, K others, long now) {
        this.loops = loops;
        this.others = others;
        this.turnedAt = now;
    }

    /** Counts for one event loop. Ask again within the hour: what is idle for so long is forgotten. */
    Tally tally(K key, int loop) {
        var known = subjects.get(key);
        if (known == null) {
            var counted = subjects.size() >= MOST ? others : key;
            known = subjects.computeIfAbsent(counted, _ -> new Subject(loops, turn, turnedAt));
        }
        return known.tally(loop);
    }

    /** Ends a slot, and forgets who is idle. */
    void turn(long ending, long now) {
        subjects.values().removeIf(Subject::isIdle);
        turn = ending + 1;
        turnedAt = now;
        subjects.values().forEach(subject -> subject.turn(ending, now));
    }

    Set<K> keys() {
        return Set.copyOf(subjects.keySet());
    }

    Signals signals(K key, Window window, long now) {
        var subject = subjects.get(key);
        return subject == null ? Signals.NONE : subject.signals(window, now);
    }
}
