package dev.adit.feature;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        return Adit.GATEWAY_CLASS
                + """
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
    void one_that_was_shown_for_a_name_of_a_listener_is_good_for_its_other_names() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(
                        manifests(MEMBERS, web.port()).replace("hostname: a.test", "hostname: '*.test'"))) {
            assertThat(by(adit, MEMBER)).startsWith("HTTP/1.1 200");
            assertThat(by(adit, null)).doesNotContain("200");
        }
    }

    /** Asks for one host by a connection for another. */
    private static String by(Adit adit, SelfSigned own) throws Exception {
        var port = Integer.parseInt(adit.address().replaceAll(".*:", ""));
        try (var socket = Tls.connect("b.test", port, Tls.context(own))) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SSLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void with_the_insecure_mode_everybody_is_asked_and_let_in() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(MEMBERS + ", mode: AllowInsecureFallback", web.port()))) {
            for (var own : new SelfSigned[] {MEMBER, STRANGER, null}) {
                assertThat(adit.getByTls("a.test/", Tls.context(own)).status()).isEqualTo(200);
                assertThat(web.head()).doesNotContainIgnoringCase("ssl-client");
            }
            var port = Integer.parseInt(adit.address().replaceAll(".*:", ""));
            try (var socket = Tls.connect("a.test", port, Tls.context(STRANGER))) {
                socket.startHandshake();
                assertThat(socket.getSession().getLocalCertificates()).isNotEmpty();
            }
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

    @ParameterizedTest
    @ValueSource(strings = {"frontend: {}", "frontend: {perPort: [{port: 443}]}", "frontend: {defualt: {}}"})
    void nobody_is_served_where_it_is_not_said_what_to_show(String tls) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(
                        manifests("X", web.port()).replace("frontend: {default: {validation: {X}}}", tls))) {
            assertThat(adit.getByTls("a.test/", Tls.context(MEMBER)).status()).isEqualTo(404);
            assertThat(web.heads()).isEmpty();
        }
    }
}
