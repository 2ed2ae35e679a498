package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.Adit;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Tls;
import dev.adit.x509.Pem;
import dev.adit.x509.SelfSigned;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Certificates of the clients of Gateways, from the manifests to the wire. */
class GatewayClientCertificatesTest {
    private static final SelfSigned SERVER = certificate("a.test");
    private static final SelfSigned MEMBER = certificate("member");
    private static final SelfSigned STRANGER = certificate("stranger");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static SelfSigned certificate(String name) {
        return SelfSigned.generate(name, name, Instant.now(), Duration.ofDays(1));
    }

    /** With a route of another namespace, and the certificate of a member as the authority. */
    private static String manifests(String validation, int port) throws CertificateEncodingException {
        var bundle =
                Pem.encode("CERTIFICATE", MEMBER.certificate().getEncoded()).replaceAll("\\R", "\\\\n");
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata: {name: adit}
                spec: {controllerName: adit.dev/gateway-controller}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: edge, namespace: infra}
                spec:
                  gatewayClassName: adit
                  listeners:
                  - name: https
                    port: 443
                    protocol: HTTPS
                    hostname: a.test
                    tls: {certificateRefs: [{name: own}]}
                    allowedRoutes: {namespaces: {from: All}}
                  tls: {frontend: {default: {validation: {%s}}}}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: app}
                spec:
                  parentRefs: [{name: edge, namespace: infra}]
                  rules: [{backendRefs: [{name: web, port: 80}]}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: members, namespace: infra}
                data: {ca.crt: "%s"}
                """.formatted(validation, bundle)
                + Adit.secret("own", SERVER).replace("name: own", "name: own, namespace: infra")
                + Adit.service("web", port);
    }

    private static final String MEMBERS = "caCertificateRefs: [{group: '', kind: ConfigMap, name: members}]";

    @Test
    void a_client_is_served_with_a_certificate_that_an_authority_has_signed_and_else_not() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(MEMBERS, web.port()))) {
            assertThat(adit.getByTls("a.test/", Tls.context(MEMBER)).status()).isEqualTo(200);
            assertThat(web.head()).startsWith("GET / ").doesNotContain("ssl-client");
            assertThatThrownBy(() -> adit.getByTls("a.test/", Tls.context(STRANGER)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> adit.getByTls("a.test/", Tls.context(null)))
                    .isInstanceOf(IOException.class);
            assertThat(web.heads()).isEmpty();
        }
    }

    @Test
    void where_all_are_let_in_the_endpoint_is_told_who_they_are() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(MEMBERS + ", mode: AllowInsecureFallback", web.port()))) {
            assertThat(adit.getByTls("a.test/", Tls.context(MEMBER)).status()).isEqualTo(200);
            assertThat(web.head()).contains("ssl-client-verify: SUCCESS\r\n");
            assertThat(adit.getByTls("a.test/", Tls.context(STRANGER)).status()).isEqualTo(200);
            assertThat(web.head()).contains("ssl-client-verify: FAILED");
            var said = adit.getByTls("a.test/", Tls.context(null), "ssl-client-verify: SUCCESS\r\n");
            assertThat(said.status()).isEqualTo(200);
            assertThat(web.head()).contains("ssl-client-verify: NONE\r\n").doesNotContain("SUCCESS");
        }
    }

    @Test
    void nobody_is_served_where_no_authority_is_known() throws Exception {
        var missing = "caCertificateRefs: [{group: '', kind: ConfigMap, name: missing}]";
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(missing, web.port()))) {
            assertThat(adit.getByTls("a.test/", Tls.context(MEMBER)).status()).isEqualTo(404);
            assertThat(web.heads()).isEmpty();
        }
    }
}
