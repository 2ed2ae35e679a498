package dev.adit.collection;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Texts by their names, in the order of the names, which never change. There are tens of thousands of such maps of a few entries:
 * an entry takes two references, and a look-up by a name that somebody chose costs no more than one by any other.
 */
public final class TextMap extends AbstractMap<String, String> {
    private static final TextMap EMPTY = new TextMap(new String[0], new String[0]);

    private final String[] names;
    private final String[] texts;

    private TextMap(String[] names, String[] texts) {
        this.names = names;
        this.texts = texts;
    }

    /** The same entries. */
    public static TextMap of(Map<String, String> entries) {
        if (entries.isEmpty()) {
            return EMPTY;
        }
        var sorted = new TreeMap<>(entries);
        return new TextMap(
                sorted.keySet().toArray(String[]::new), sorted.values().toArray(String[]::new));
    }

    @Override
    public @Nullable String get(Object name) {
        var at = name instanceof String text ? Arrays.binarySearch(names, text) : -1;
        return at < 0 ? null : texts[at];
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var at = next++;
            return new SimpleImmutableEntry<>(names[at], texts[at]);
        }
    }
}
