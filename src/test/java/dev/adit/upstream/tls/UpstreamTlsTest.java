package dev.adit.upstream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.x509.SelfSigned;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UpstreamTlsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Endpoint ENDPOINT = new Endpoint("10.0.0.1", 443);

    @Test
    void an_authority_that_expires_while_adit_runs_is_believed_no_longer() throws Exception {
        var time = new AtomicReference<>(START);
        var tls = new UpstreamTls(time::get);
        var authority = SelfSigned.generate("app", "app.internal", START, Duration.ofHours(1));
        var terms = new EndpointTls(
                "default/app", Optional.of("app.internal"), List.of(authority.certificate()), Optional.empty());
        assertThat(tls.handler(ENDPOINT, terms, false)).isNotNull();

        time.set(START.plus(Duration.ofHours(2)));
        assertThatThrownBy(() -> tls.handler(ENDPOINT, terms, false))
                .isInstanceOf(CertificateException.class)
                .hasMessage("every authority has expired");
    }
}
