package dev.adit.kube;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A view of other objects that passes every question on to them; a subclass overrides those that it answers differently. */
public abstract class ObjectsOver implements Objects {
    private final Objects objects;

    protected ObjectsOver(Objects objects) {
        this.objects = objects;
    }

    @Override
    public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return objects.find(kind, key);
    }

    @Override
    public <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return objects.all(kind);
    }

    @Override
    public List<EndpointSlice> slicesOf(ObjectKey service) {
        return objects.slicesOf(service);
    }
}
