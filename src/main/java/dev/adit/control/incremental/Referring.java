package dev.adit.control.incremental;

import dev.adit.kube.Ingress;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.ObjectsOver;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Ingresses of a snapshot and the objects in it that concern everything, and what they refer to as it is now: a source
 * may have to ask for what is referred to.
 */
final class Referring extends ObjectsOver {
    private final KubeSnapshot snapshot;

    Referring(KubeSnapshot snapshot, Objects live) {
        super(live);
        this.snapshot = snapshot;
    }

    @Override
    public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return kind == Ingress.KIND || kind.isGeneral() ? snapshot.find(kind, key) : super.find(kind, key);
    }

    @Override
    public <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return kind == Ingress.KIND || kind.isGeneral() ? snapshot.all(kind) : super.all(kind);
    }
}
