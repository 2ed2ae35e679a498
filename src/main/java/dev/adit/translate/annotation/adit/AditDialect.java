package dev.adit.translate.annotation.adit;

import dev.adit.translate.annotation.Dialect;
import java.util.List;
import java.util.Set;

/** What Ingresses of Adit's own classes may say. */
public final class AditDialect {
    public static final Dialect DIALECT = new Dialect(
            "adit.dev/",
            Set.of("client"),
            List.of(
                    new Endpoints(),
                    new Https(),
                    new ClientCertificates(),
                    new AccessLog(),
                    new BodySize(),
                    new Redirects(),
                    new FieldEditing(),
                    new Rewrites(),
                    new Mirrors()));

    private AditDialect() {}
}
