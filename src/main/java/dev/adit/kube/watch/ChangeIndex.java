package dev.adit.kube.watch;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource.Changes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What has changed since somebody asked, by name; and the slices by the Service they belong to. */
final class ChangeIndex {
    private static final Changes NOTHING = new Changes.Endpoints(Set.of());

    private final Map<ObjectKey, Map<ObjectKey, EndpointSlice>> byService = new ConcurrentHashMap<>();
    private Changes changes = NOTHING;

    /** An object has changed that concerns all others. */
    void other() {
        add(new Changes.Everything());
    }

    private synchronized void add(Changes more) {
        changes = changes.and(more);
    }

    void ingress(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        add(new Changes.Objects(keys(previous, current), Set.of(), Set.of(), Set.of()));
    }

    void secret(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        add(new Changes.Objects(Set.of(), Set.of(), keys(previous, current), Set.of()));
    }

    /** The addresses of one Service are shown by all Ingresses. */
    void service(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        if (addresses(previous).equals(addresses(current))) {
            add(new Changes.Objects(Set.of(), keys(previous, current), Set.of(), Set.of()));
        } else {
            other();
        }
    }

    private static List<LoadBalancerAddress> addresses(KubeSnapshot.@Nullable Item item) {
        return item instanceof Service service ? service.addresses() : List.of();
    }

    private static Set<ObjectKey> keys(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        var item = current == null ? previous : current;
        return item == null ? Set.of() : Set.of(item.key());
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
        add(new Changes.Endpoints(Set.of(slice.service())));
    }

    List<EndpointSlice> of(ObjectKey service) {
        return List.copyOf(byService.getOrDefault(service, Map.of()).values());
    }

    synchronized Changes take() {
        var taken = changes;
        changes = NOTHING;
        return taken;
    }
}
