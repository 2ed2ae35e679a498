package dev.adit.kube.watch;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.source.SnapshotSource.Changes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The slices by the Service they belong to, and which Services' have changed: endpoints change far more than all else. */
final class SliceIndex {
    private final Map<ObjectKey, Map<ObjectKey, EndpointSlice>> byService = new ConcurrentHashMap<>();
    private final Set<ObjectKey> dirty = new HashSet<>();
    private boolean everything;

    /** An object of a kind that is no slice has changed. */
    synchronized void other() {
        everything = true;
    }

    void slice(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        if (previous instanceof EndpointSlice before) {
            change(before, null);
        }
        if (current instanceof EndpointSlice after) {
            change(after, after);
        }
    }

    private void change(EndpointSlice slice, @Nullable EndpointSlice now) {
        byService.compute(slice.service(), (_, slices) -> {
            var changed = slices == null ? new ConcurrentHashMap<ObjectKey, EndpointSlice>() : slices;
            if (now == null) {
                changed.remove(slice.key());
            } else {
                changed.put(slice.key(), now);
            }
            return changed.isEmpty() ? null : changed;
        });
        synchronized (this) {
            dirty.add(slice.service());
        }
    }

    List<EndpointSlice> of(ObjectKey service) {
        return List.copyOf(byService.getOrDefault(service, Map.of()).values());
    }

    synchronized Changes take() {
        var changes = everything ? new Changes.Everything() : new Changes.Endpoints(Set.copyOf(dirty));
        everything = false;
        dirty.clear();
        return changes;
    }
}
