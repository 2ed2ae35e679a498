package dev.adit.control.incremental;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects that refer to others, and those others as they are now: a source may have to ask for what is referred to.
 *
 * @param snapshot the Ingresses, and the objects that concern everything
 * @param live all others
 */
record Referring(KubeSnapshot snapshot, Objects live) implements Objects {
    @Override
    public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return kind == Ingress.KIND || kind.isGeneral() ? snapshot.find(kind, key) : live.find(kind, key);
    }

    @Override
    public <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return snapshot.all(kind);
    }

    @Override
    public List<EndpointSlice> slicesOf(ObjectKey service) {
        return live.slicesOf(service);
    }
}
