package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;

/** TLS that ends at endpoints. */
public final class Passthrough implements AnnotationFamily {
    /** Whether it does. */
    public static final AnnotationKey<Boolean> SSL_PASSTHROUGH = AnnotationKey.of(
                    "ssl-passthrough",
                    Scope.HOST,
                    OnError.DEFAULT,
                    GoValues.TRUTH,
                    "`\"true\"`: TLS for the hosts of the Ingress is passed on unread, to the Service of their shortest path. In ingress-nginx it has"
                            + " an effect only with `--enable-ssl-passthrough`",
                    "TLS ends at Adit",
                    GoValues::truth)
            .served(new Fidelity.Differs("it needs no option of the command line, and holds wherever it is said"));

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(SSL_PASSTHROUGH);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}
}
