package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.Unlogged;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;

/** Whether requests are written to the access log. */
final class AccessLogs implements AnnotationFamily {
    private static final AnnotationKey<Boolean> ENABLE_ACCESS_LOG = AnnotationKey.of(
            "enable-access-log",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"false\"`: no line of the access log is written, where `--access-log` says that there is one",
            "`\"true\"`",
            GoValues::truth);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(ENABLE_ACCESS_LOG);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        if (!of.get(ENABLE_ACCESS_LOG).orElse(true)) {
            into.add(new Unlogged());
        }
    }
}
