package dev.adit.collection;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sets by key, of which nearly all have one element or two: those take no more than they need. As safe for several threads as
 * the map that it is made of.
 */
public final class Multimap<K, V> {
    private final Map<K, Set<V>> sets;

    /** Over a map, which is nobody else's from then on. */
    public Multimap(Supplier<Map<K, Set<V>>> map) {
        sets = map.get();
    }

    /** Those of a key, of which there may be none; not to be kept. */
    public Set<V> get(K key) {
        return sets.getOrDefault(key, Set.of());
    }

    public boolean containsKey(K key) {
        return sets.containsKey(key);
    }

    /** A view, which shows what happens meanwhile where the map can be read meanwhile. */
    public Set<K> keys() {
        return sets.keySet();
    }

    public void put(K key, V value) {
        sets.merge(key, Set.of(value), Multimap::union);
    }

    public void remove(K key, V value) {
        sets.computeIfPresent(key, (_, values) -> without(values, value));
    }

    public void clear() {
        sets.clear();
    }

    private static <V> Set<V> union(Set<V> values, Set<V> one) {
        if (values.containsAll(one)) {
            return values;
        }
        var value = one.iterator().next();
        if (values.size() == 1) {
            return Set.of(values.iterator().next(), value);
        }
        // From here on it is a HashSet, which only this map holds.
        var all = values instanceof HashSet<V> ? values : new HashSet<>(values);
        all.add(value);
        return all;
    }

    @SuppressWarnings("NullAway") // a map takes null for "no entry"
    private static <V> Set<V> without(Set<V> values, V value) {
        if (!values.contains(value)) {
            return values;
        }
        if (values.size() == 1) {
            return null;
        }
        if (values instanceof HashSet<V>) {
            values.remove(value);
            return values;
        }
        return Set.of(values.stream()
                .filter(other -> !other.equals(value))
                .findFirst()
                .orElseThrow());
    }
}
