package dev.adit.kube.watch;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeObject;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource.Changes;
import java.util.HashMap;
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
        private final Set<ObjectRef> objects = new HashSet<>();
        private final Set<ObjectKey> endpoints = new HashSet<>();
        private boolean everything;

        private Changes taken() {
            if (everything) {
                return new Changes.Everything();
            }
            return objects.isEmpty()
                    ? new Changes.Endpoints(Set.copyOf(endpoints))
                    : new Changes.Named(Set.copyOf(objects), Set.copyOf(endpoints));
        }
    }

    /** An object has changed that concerns all others. */
    synchronized void other() {
        changed.everything = true;
    }

    /** An object has come, changed or gone. */
    void object(@Nullable KubeObject previous, @Nullable KubeObject current) {
        var object = current == null ? previous : current;
        switch (object) {
            case null -> {}
            case EndpointSlice _ -> slice(previous, current);
            // The addresses of one Service may be shown by all Ingresses.
            case Service _ when !addresses(previous).equals(addresses(current)) -> other();
            case KubeObject any when !any.kind().changesApart() -> other();
            default -> named(object.ref());
        }
    }

    private synchronized void named(ObjectRef ref) {
        changed.objects.add(ref);
    }

    private static List<LoadBalancerAddress> addresses(@Nullable KubeObject item) {
        return item instanceof Service service ? service.addresses() : List.of();
    }

    private void slice(@Nullable KubeObject previous, @Nullable KubeObject current) {
        // Whoever reads meanwhile finds the one or the other, and never a Service that has lost its endpoints.
        if (current instanceof EndpointSlice after) {
            change(after, after);
        }
        if (previous instanceof EndpointSlice before
                && !(current instanceof EndpointSlice after
                        && after.key().equals(before.key())
                        && after.service().equals(before.service()))) {
            change(before, null);
        }
    }

    private void change(EndpointSlice slice, @Nullable EndpointSlice now) {
        byService.compute(slice.service(), (_, slices) -> {
            // Few of one Service, and of nearly all one: made anew, they take no more than that.
            var those = new HashMap<>(slices == null ? Map.of() : slices);
            if (now == null) {
                those.remove(slice.key());
            } else {
                those.put(slice.key(), now);
            }
            return those.isEmpty() ? null : Map.copyOf(those);
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
