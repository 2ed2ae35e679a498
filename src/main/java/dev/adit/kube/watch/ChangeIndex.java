package dev.adit.kube.watch;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource.Changes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What has changed since somebody asked, by name; and the slices by the Service they belong to. */
final class ChangeIndex {
    private final Map<ObjectKey, Map<ObjectKey, EndpointSlice>> byService = new ConcurrentHashMap<>();
    private Changed changed = new Changed();

    /** Made anew each time: a set that once held ten thousand names is slow to look through and to clear for ever. */
    private static final class Changed {
        private final Set<ObjectKey> ingresses = new HashSet<>();
        private final Set<ObjectKey> services = new HashSet<>();
        private final Set<ObjectKey> secrets = new HashSet<>();
        private final Set<ObjectKey> endpoints = new HashSet<>();
        private boolean everything;

        private Changes taken() {
            if (everything) {
                return new Changes.Everything();
            }
            return ingresses.isEmpty() && services.isEmpty() && secrets.isEmpty()
                    ? new Changes.Endpoints(Set.copyOf(endpoints))
                    : new Changes.Objects(
                            Set.copyOf(ingresses), Set.copyOf(services), Set.copyOf(secrets), Set.copyOf(endpoints));
        }
    }

    /** An object has changed that concerns all others. */
    synchronized void other() {
        changed.everything = true;
    }

    private static void add(
            Set<ObjectKey> names, KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        var item = current == null ? previous : current;
        if (item != null) {
            names.add(item.key());
        }
    }

    synchronized void ingress(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        add(changed.ingresses, previous, current);
    }

    synchronized void secret(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        add(changed.secrets, previous, current);
    }

    /** The addresses of one Service are shown by all Ingresses. */
    synchronized void service(KubeSnapshot.@Nullable Item previous, KubeSnapshot.@Nullable Item current) {
        if (addresses(previous).equals(addresses(current))) {
            add(changed.services, previous, current);
        } else {
            other();
        }
    }

    private static List<LoadBalancerAddress> addresses(KubeSnapshot.@Nullable Item item) {
        return item instanceof Service service ? service.addresses() : List.of();
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
            var those = slices == null ? new ConcurrentHashMap<ObjectKey, EndpointSlice>() : slices;
            if (now == null) {
                those.remove(slice.key());
            } else {
                those.put(slice.key(), now);
            }
            return those.isEmpty() ? null : those;
        });
        synchronized (this) {
            changed.endpoints.add(slice.service());
        }
    }

    List<EndpointSlice> of(ObjectKey service) {
        return List.copyOf(byService.getOrDefault(service, Map.of()).values());
    }

    synchronized Changes take() {
        var taken = changed.taken();
        changed = new Changed();
        return taken;
    }
}
