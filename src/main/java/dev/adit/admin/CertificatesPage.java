package dev.adit.admin;

import dev.adit.control.ControlView;
import dev.adit.explain.ServedCertificate;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;

/** {@code /certificates}: every certificate that is served, as text. */
@Singleton
class CertificatesPage {
    private final ControlView control;

    CertificatesPage(ControlView control) {
        this.control = control;
    }

    void route(@Observes ManagementInterface management) {
        management
                .router()
                .route("/certificates")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(
                        context -> {
                            var table = control.state().generation().table();
                            context.response()
                                    .putHeader("content-type", "text/plain; charset=utf-8")
                                    .end(ServedCertificate.text(table, Instant.now())
                                            .toString());
                        },
                        false);
    }
}
