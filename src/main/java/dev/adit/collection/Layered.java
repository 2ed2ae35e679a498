package dev.adit.collection;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map whose entries are few beside those of the one it was made from: they lie above the rest, until there are so many
 * that a copy is cheaper. Immutable; has no order.
 */
public final class Layered<K, V> {
    private static final Layered<?, ?> EMPTY = new Layered<>(Map.of(), Map.of(), 0);
    private static final int MOST_CHANGES = 256;

    private final Map<K, V> base;
    private final Map<K, Optional<V>> changes;
    private final int size;

    private Layered(Map<K, V> base, Map<K, Optional<V>> changes, int size) {
        this.base = base;
        this.changes = changes;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // it has no entries
    public static <K, V> Layered<K, V> empty() {
        return (Layered<K, V>) EMPTY;
    }

    public static <K, V> Layered<K, V> of(Map<K, V> entries) {
        return new Layered<>(new HashMap<>(entries), Map.of(), entries.size());
    }

    public @Nullable V get(K key) {
        if (!changes.isEmpty()) {
            var changed = changes.get(key);
            if (changed != null) {
                return changed.orElse(null);
            }
        }
        return base.get(key);
    }

    public boolean containsKey(K key) {
        return get(key) != null;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** A view. */
    public Collection<V> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<V> iterator() {
                return entries().map(Map.Entry::getValue).iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    public Stream<Map.Entry<K, V>> entries() {
        var unchanged = base.entrySet().stream().filter(entry -> !changes.containsKey(entry.getKey()));
        var changed = changes.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().orElseThrow()));
        return Stream.concat(unchanged, changed);
    }

    public void forEach(BiConsumer<K, V> action) {
        entries().forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }

    /** A copy. */
    public Map<K, V> toMap() {
        return entries().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * The same with other entries.
     *
     * @param more by key; empty for one that goes
     */
    public Layered<K, V> with(Map<K, Optional<V>> more) {
        if (more.isEmpty()) {
            return this;
        }
        var now = size;
        for (var entry : more.entrySet()) {
            now += (entry.getValue().isPresent() ? 1 : 0) - (containsKey(entry.getKey()) ? 1 : 0);
        }
        var all = new HashMap<>(changes);
        all.putAll(more);
        if (all.size() <= MOST_CHANGES && !base.isEmpty()) {
            return new Layered<>(base, all, now);
        }
        var copy = new HashMap<>(base);
        all.forEach((key, value) -> value.ifPresentOrElse(v -> copy.put(key, v), () -> copy.remove(key)));
        return new Layered<>(copy, Map.of(), now);
    }

    /** How these entries have to change to be those of the other: what {@link #with} takes. */
    public Map<K, Optional<V>> changesTo(Layered<K, V> other, Set<K> keys) {
        var differences = new HashMap<K, Optional<V>>();
        for (var key : keys) {
            var there = other.get(key);
            if (!Objects.equals(get(key), there)) {
                differences.put(key, Optional.ofNullable(there));
            }
        }
        return differences;
    }

    /** The values that the other may have and these have not: few, where one was made from the other lately. */
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"}) // what has not been touched is the very same
    public Stream<V> newIn(Layered<K, V> other) {
        if (base != other.base) {
            return other.values().stream();
        }
        return other.changes.entrySet().stream()
                .filter(entry -> changes.get(entry.getKey()) != entry.getValue())
                .flatMap(entry -> entry.getValue().stream());
    }

    /** The values that the other has no longer: few, where one was made from the other lately. */
    @SuppressWarnings("ReferenceEquality") // what has not been touched is the very same
    public Stream<V> goneIn(Layered<K, V> other) {
        var keys =
                base == other.base ? other.changes.keySet().stream() : entries().map(Map.Entry::getKey);
        return keys.filter(key -> !other.containsKey(key)).flatMap(key -> Stream.ofNullable(get(key)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Layered<?, ?> that && size == that.size && toMap().equals(that.toMap());
    }

    @Override
    public int hashCode() {
        return toMap().hashCode();
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
