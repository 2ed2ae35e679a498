package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.Mirror;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the Service of {@code mirror}. Where there is none, requests are served without a copy. */
final class MirrorResolver {
    private static final String FIELD = "metadata.annotations[adit.dev/mirror]";

    private final BackendResolver backends;
    private final Problems problems;
    private final Map<ObjectKey, Optional<Mirror>> resolved = new HashMap<>();

    MirrorResolver(BackendResolver backends, Problems problems) {
        this.backends = backends;
        this.problems = problems;
    }

    Optional<Mirror> of(Ingress ingress) {
        return resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress));
    }

    private Optional<Mirror> resolve(Ingress ingress) {
        if (!ingress.settings().containsKey("mirror")) {
            return Optional.empty();
        }
        var service = ingress.mirror();
        if (service.isEmpty()) {
            problems.add(
                    ingress,
                    FIELD,
                    Reason.ANNOTATION_INVALID,
                    "is not valid; use the name and the port of a Service, such as \"shadow:80\"");
            return Optional.empty();
        }
        return backends.resolve(ingress, FIELD, service.get()) instanceof Action.Forward(var upstream, var policy)
                ? Optional.of(new Mirror(upstream, policy))
                : Optional.empty();
    }
}
