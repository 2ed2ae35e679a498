package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Route.Action;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.adit.Mirrors;
import dev.adit.translate.annotation.nginx.MirrorTargets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the Service of {@code mirror}. Where there is none, requests are served without a copy. */
final class MirrorResolver {
    private final BackendResolver backends;
    private final AnnotationReader annotations;
    private final Problems problems;
    private final Map<ObjectKey, Optional<Mirror>> resolved = new HashMap<>();

    MirrorResolver(BackendResolver backends, AnnotationReader annotations, Problems problems) {
        this.problems = problems;
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
                .map(forward -> new Mirror(forward.upstream(), forward.policy()))
                .or(() -> annotations.of(ingress).get(MirrorTargets.TARGET).flatMap(target -> of(ingress, target)));
    }

    private Optional<Mirror> of(Ingress ingress, MirrorTargets.Target target) {
        var own = ingress.key().namespace();
        var service = new ObjectKey(own, target.service());
        var found = target.namespace().orElse(own).equals(own)
                ? backends.resolve(service, Optional.of(target.port()))
                : Optional.<Action.Forward>empty();
        if (found.isEmpty()) {
            var message = "copies are sent to Services of namespace " + own + " alone, and there is no Service "
                    + new ObjectKey(target.namespace().orElse(own), target.service())
                    + " with port " + target.port() + "; create it or correct the URL. Until then no copies are sent";
            problems.add(ingress, annotations.field(ingress, MirrorTargets.TARGET), Reason.SERVICE_NOT_FOUND, message);
        }
        var of = annotations.of(ingress);
        var asked = new Mirror.Asked(of.get(MirrorTargets.HOST).orElse(target.host()), target.asked());
        var isWithBody = of.get(MirrorTargets.REQUEST_BODY).orElse(true);
        var protocol = target.isSecure() ? UpstreamProtocol.HTTPS : UpstreamProtocol.HTTP1;
        return found.map(forward ->
                new Mirror(forward.upstream(), forward.policy().with(protocol), Optional.of(asked), isWithBody));
    }
}
