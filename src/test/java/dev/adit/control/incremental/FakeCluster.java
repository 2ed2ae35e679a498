package dev.adit.control.incremental;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SnapshotSource.Changes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Objects in memory, one of which changes at a time. */
final class FakeCluster implements SnapshotSource {
    /** What happens to a cluster: an object of any kind comes, changes or goes. */
    sealed interface Step {
        record Put(KubeObject object) implements Step {}

        record Remove(ObjectRef object) implements Step {}

        /** It goes, or comes back. */
        record Toggle(KubeObject object) implements Step {}
    }

    private final Map<ObjectRef, KubeObject> objects = new HashMap<>();
    private final List<EndpointSlice> slices;

    /** With these, and an endpoint for each Service among them for ever. */
    FakeCluster(List<KubeObject> objects) {
        objects.forEach(object -> this.objects.put(object.ref(), object));
        slices = objects.stream()
                .filter(Service.class::isInstance)
                .map(service -> slice(service.key()))
                .toList();
    }

    /** What has changed by a step. */
    Changes apply(Step step) {
        return switch (step) {
            case Step.Put(var object) -> {
                objects.put(object.ref(), object);
                yield changed(object.ref());
            }
            case Step.Remove(var ref) -> {
                objects.remove(ref);
                yield changed(ref);
            }
            case Step.Toggle(var object) -> {
                if (objects.remove(object.ref()) == null) {
                    objects.put(object.ref(), object);
                }
                yield changed(object.ref());
            }
        };
    }

    private static Changes changed(ObjectRef object) {
        return object.kind().changesApart() ? new Changes.Named(Set.of(object), Set.of()) : new Changes.Everything();
    }

    private static EndpointSlice slice(ObjectKey service) {
        var endpoint =
                new EndpointSlice.Endpoint(List.of("192.0.2.1"), EndpointSlice.Condition.READY, Set.of(), Set.of());
        return new EndpointSlice(service, service, List.of(new EndpointSlice.Port("", 8080)), List.of(endpoint));
    }

    @Override
    public KubeSnapshot snapshot() {
        return KubeSnapshot.of(Stream.concat(objects.values().stream(), slices.stream()), Set.of(), List.of());
    }

    @Override
    public void start(Runnable changed) {}

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public void close() {}
}
