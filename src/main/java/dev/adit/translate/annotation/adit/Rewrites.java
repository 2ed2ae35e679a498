package dev.adit.translate.annotation.adit;

import dev.adit.routing.RequestPath;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Rewrite;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;
import java.util.Optional;

/** Another host, another path in place of the one that the rule names, or both. */
final class Rewrites implements AnnotationFamily {
    private static final AnnotationKey<Rewrite> REWRITE = AnnotationKey.of(
            "rewrite",
            Scope.INGRESS,
            "use a path such as /v2, which takes the place of the path of the rule, a host such as web.internal, or both:"
                    + " web.internal/v2",
            "`/v2`: takes the place of the path of the rule; `web.internal`: the host that the endpoint sees; or both,"
                    + " `web.internal/v2`",
            "what the client asked for",
            Rewrites::rewrite);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(REWRITE);
    }

    private static Optional<Rewrite> rewrite(String text) {
        var slash = text.indexOf('/');
        var host = slash < 0 ? text : text.substring(0, slash);
        var path = slash < 0 ? "" : text.substring(slash);
        var isHost = host.isEmpty() || Values.host(host).isPresent();
        var isPath = path.isEmpty() || path.equals(RequestPath.normalize(path));
        return isHost && isPath && !text.isEmpty()
                ? Optional.of(new Rewrite(
                        Optional.of(host).filter(name -> !name.isEmpty()),
                        Optional.of(path).filter(one -> !one.isEmpty()).map(PathEdit.Prefix::new)))
                : Optional.empty();
    }
}
