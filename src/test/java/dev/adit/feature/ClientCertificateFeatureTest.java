package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Origin;
import dev.adit.testbed.Tls;
import dev.adit.x509.SelfSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Routes for clients with a certificate, from the manifests to the wire. */
class ClientCertificateFeatureTest {
    private static final SelfSigned MEMBER = certificate("member");
    private static final SelfSigned STRANGER = certificate("stranger");

    @Test
    void only_clients_with_a_certificate_of_the_authorities_in_the_secret_are_served() throws Exception {
        try (var web = Origin.named("web");
                var adit = Adit.serving(ingress() + secret("ca.crt") + Adit.service("web", web.port()))) {
            assertThat(adit.translation().problems()).isEmpty();
            assertThat(adit.getByTls("a.test/x", Tls.context(MEMBER)).body()).isEqualTo("web HTTP_1_1 GET a.test /x");
            assertThatThrownBy(() -> adit.getByTls("a.test/x", Tls.context(STRANGER)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> adit.getByTls("a.test/x")).isInstanceOf(IOException.class);
            assertThat(adit.get("a.test/x").status()).isEqualTo(308);
        }
    }

    @Test
    void nobody_is_served_while_the_secret_has_no_authorities() throws Exception {
        try (var web = Origin.named("web");
                var adit = Adit.serving(ingress() + secret("other") + Adit.service("web", web.port()))) {
            assertThat(adit.translation().problems()).isNotEmpty();
            assertThat(adit.getByTls("a.test/x", Tls.context(MEMBER)).status()).isEqualTo(503);
        }
    }

    private static String ingress() {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: shop, annotations: {adit.dev/client-ca: "members"}}
                spec:
                  rules:
                    - host: a.test
                      http:
                        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
                """;
    }

    private static String secret(String key) throws CertificateEncodingException {
        var der = Base64.getMimeEncoder().encodeToString(MEMBER.certificate().getEncoded());
        var pem = "-----BEGIN CERTIFICATE-----\n" + der + "\n-----END CERTIFICATE-----\n";
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: members}
                data: {%s: %s}
                """.formatted(key, Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static SelfSigned certificate(String name) {
        return SelfSigned.generate(name, name + ".test", Instant.now(), Duration.ofDays(1));
    }
}
