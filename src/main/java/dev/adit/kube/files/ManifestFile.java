package dev.adit.kube.files;

import dev.adit.kube.KubeObject;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one file of manifests says.
 *
 * @param items the objects that could be read
 * @param unreadable the objects that are there but could not be read
 * @param isYaml whether the file could be read at all
 */
record ManifestFile(Map<Id, KubeObject> items, Set<Id> unreadable, boolean isYaml, List<Problem> problems) {
    static final ManifestFile EMPTY = new ManifestFile(Map.of(), Set.of(), true, List.of());

    /** What names an object across files. */
    record Id(String kind, ObjectKey key) {
        // By hand, as those of ObjectKey.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Id that && kind.equals(that.kind) && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return 31 * kind.hashCode() + key.hashCode();
        }
    }

    /** The same file, with the last good form of whatever has become unreadable since. */
    ManifestFile keeping(ManifestFile previous) {
        if (!isYaml) {
            return new ManifestFile(previous.items, unreadable, false, problems);
        }
        var kept = new LinkedHashMap<>(items);
        var lost = new HashSet<>(unreadable);
        lost.forEach(id -> {
            var last = previous.items.get(id);
            if (last != null) {
                kept.putIfAbsent(id, last);
            }
        });
        return new ManifestFile(kept, unreadable, true, problems);
    }

    Stream<Map.Entry<Id, KubeObject>> entries() {
        return items.entrySet().stream();
    }
}
