package dev.adit.translate.annotation.adit;

import dev.adit.routing.policy.Unlogged;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;

/** Whether requests are written to the access log. */
final class AccessLog implements AnnotationFamily {
    private static final AnnotationKey<Boolean> ACCESS_LOG = AnnotationKey.of(
            "access-log",
            Scope.CLASS,
            "use \"on\" or \"off\"",
            "`off`: no line of the access log is written, where `--access-log` says that there is one",
            "a line for each request",
            AccessLog::read);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(ACCESS_LOG);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        if (!of.get(ACCESS_LOG).orElse(true)) {
            into.add(Unlogged.ALL);
        }
    }

    private static Optional<Boolean> read(String text) {
        return switch (text) {
            case "on" -> Optional.of(true);
            case "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
