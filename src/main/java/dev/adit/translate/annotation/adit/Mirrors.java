package dev.adit.translate.annotation.adit;

import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Scope;
import java.util.List;

/** A second Service gets a copy of every request. */
public final class Mirrors implements AnnotationFamily {
    /** The Service, which has to be in the namespace of the Ingress. */
    public static final AnnotationKey<Backend.Service> MIRROR = AnnotationKey.of(
            "mirror",
            Scope.INGRESS,
            "use the name and the port of a Service, such as \"shadow:80\"",
            "`shadow:80`: a Service of the same namespace that gets a copy of every request. Its answers are dropped, and it"
                    + " never slows the request",
            "no copy",
            Ingress::service);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(MIRROR);
    }
}
