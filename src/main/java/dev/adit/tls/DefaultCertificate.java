package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.x509.SelfSigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The certificate of connections whose name no Secret covers: made at start, trusted by nobody. */
public final class DefaultCertificate {
    private static final Duration VALIDITY = Duration.ofDays(365);

    private DefaultCertificate() {}

    public static Certificate generate(Instant now) {
        var made = SelfSigned.generate("Adit Default Certificate", "ingress.local", now, VALIDITY);
        return new Certificate(List.of(), "default", made.key(), List.of(made.certificate()));
    }
}
