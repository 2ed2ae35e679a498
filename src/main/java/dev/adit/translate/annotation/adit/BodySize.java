package dev.adit.translate.annotation.adit;

import dev.adit.routing.policy.BodyLimit;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;

/** The largest body of a request. */
final class BodySize implements AnnotationFamily {
    private static final AnnotationKey<BodyLimit> MAX_BODY_SIZE = AnnotationKey.of(
            "max-body-size",
            Scope.CLASS,
            Values.SIZE,
            "`10Mi`, `500k`, or bytes: a larger body is answered 413",
            "bodies of any size",
            text -> Values.size(text).map(BodyLimit::new));

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(MAX_BODY_SIZE);
    }
}
