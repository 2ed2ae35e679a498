package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.Mirror;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.adit.Mirrors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the Service of {@code mirror}. Where there is none, requests are served without a copy. */
final class MirrorResolver {
    private final BackendResolver backends;
    private final AnnotationReader annotations;
    private final Map<ObjectKey, Optional<Mirror>> resolved = new HashMap<>();

    MirrorResolver(BackendResolver backends, AnnotationReader annotations) {
        this.backends = backends;
        this.annotations = annotations;
    }

    Optional<Mirror> of(Ingress ingress) {
        return resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress));
    }

    private Optional<Mirror> resolve(Ingress ingress) {
        return annotations
                .of(ingress)
                .get(Mirrors.MIRROR)
                .map(service -> backends.resolve(ingress, annotations.field(ingress, Mirrors.MIRROR), service))
                .filter(Action.Forward.class::isInstance)
                .map(Action.Forward.class::cast)
                .map(forward -> new Mirror(forward.upstream(), forward.policy()));
    }
}
