package dev.adit.match;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map that is never changed, and cheap to have with a few other entries: those lie above the rest, until there are so
 * many that a copy is cheaper.
 */
final class Layered<V> {
    private static final int MOST_CHANGES = 256;

    private final Map<String, V> base;
    private final Map<String, Optional<V>> changes;

    private Layered(Map<String, V> base, Map<String, Optional<V>> changes) {
        this.base = base;
        this.changes = changes;
    }

    /** Of a map that nobody changes any more. */
    static <V> Layered<V> of(Map<String, V> base) {
        return new Layered<>(base, Map.of());
    }

    @Nullable
    V get(String key) {
        if (!changes.isEmpty()) {
            var changed = changes.get(key);
            if (changed != null) {
                return changed.orElse(null);
            }
        }
        return base.get(key);
    }

    boolean containsKey(String key) {
        return get(key) != null;
    }

    /** Whether there is none; where some went lately it may say that there are. */
    boolean isEmpty() {
        return base.isEmpty() && changes.isEmpty();
    }

    /**
     * The same with other entries.
     *
     * @param more by key; empty for one that goes
     */
    Layered<V> with(Map<String, Optional<V>> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(changes);
        all.putAll(more);
        if (all.size() <= MOST_CHANGES && !base.isEmpty()) {
            return new Layered<>(base, all);
        }
        var copy = new HashMap<>(base);
        all.forEach((key, value) -> value.ifPresentOrElse(v -> copy.put(key, v), () -> copy.remove(key)));
        return of(copy);
    }
}
