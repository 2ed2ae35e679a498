package dev.adit.feature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Tls;
import dev.adit.x509.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BackendTLSPolicies from the manifests to the wire, with an endpoint whose certificate is for {@code endpoint.test}. */
class GatewayBackendTlsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String OTHER_AUTHORITY = "authorities: nobody";

    private static final String ROUTE = Adit.HTTP_GATEWAY + """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: app}
            spec:
              parentRefs: [{name: edge}]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            """;

    private static String manifests(String validation, String bundle, int port) {
        return ROUTE + """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: BackendTLSPolicy
                metadata: {name: web}
                spec:
                  targetRefs: [{group: "", kind: Service, name: web}]
                  validation: {%s}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: authorities}
                data: {ca.crt: "%s"}
                """.formatted(validation, bundle) + Adit.service("web", port);
    }

    private static int status(String validation, String bundle) throws Exception {
        try (var web = new RawOrigin(
                        EndpointVersion.HTTP1_TLS,
                        (_, socket) -> socket.getOutputStream().write(OK.getBytes(US_ASCII)));
                var adit = Adit.serving(manifests(validation, bundle, web.port()))) {
            var status = adit.get("http://a.test/").status();
            assertThat(web.heads().stream().filter(head -> head.startsWith("GET")))
                    .hasSize(status == 200 ? 1 : 0);
            return status;
        }
    }

    private static String validation(String rest) {
        return "caCertificateRefs: [{group: '', kind: ConfigMap, name: authorities}], " + rest;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hostname: endpoint.test                                                                           | 200
                    hostname: other.test                                                                              | 502
                    hostname: other.test, subjectAltNames: [{type: Hostname, hostname: endpoint.test}]                | 200
                    hostname: endpoint.test, subjectAltNames: [{type: Hostname, hostname: other.test}]                | 502
                    hostname: endpoint.test, subjectAltNames: [{type: URI, uri: 'spiffe://endpoint.test/a'}]          | 502
                    hostname: x.test, subjectAltNames: [{type: URI, uri: 'a:b'}, {type: Hostname, hostname: endpoint.test}] | 200
                    hostname: endpoint.test, subjectAltNames: [{type: Email, uri: 'a@b'}]                             | 500
                    hostname: '*.test'                                                                                | 500
                    """)
    void an_endpoint_gets_requests_where_its_certificate_is_for_what_the_policy_says(String rest, int status)
            throws Exception {
        assertThat(status(validation(rest), EndpointVersion.bundle())).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    caCertificateRefs: [{group: '', kind: ConfigMap, name: missing}], hostname: endpoint.test       | 500
                    caCertificateRefs: [{group: x.io, kind: Bundle, name: authorities}], hostname: endpoint.test    | 500
                    wellKnownCACertificates: Others, hostname: endpoint.test                                        | 500
                    wellKnownCACertificates: System, hostname: endpoint.test                                        | 502
                    hostname: endpoint.test                                                                         | 500
                    """)
    void no_endpoint_gets_one_where_it_is_not_known_who_signs_its_certificate(String validation, int status)
            throws Exception {
        assertThat(status(validation, EndpointVersion.bundle())).isEqualTo(status);
    }

    @Test
    void no_endpoint_gets_one_where_the_certificates_of_authorities_cannot_be_read() throws Exception {
        assertThat(status(validation("hostname: endpoint.test"), OTHER_AUTHORITY))
                .isEqualTo(500);
    }

    /** An endpoint that wants a certificate, and answers with its name. */
    private static SSLServerSocket judging() throws Exception {
        var own = SelfSigned.generate("endpoint", "endpoint.test", Instant.now(), Duration.ofDays(1));
        var server = (SSLServerSocket)
                Tls.context(own).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        Thread.ofVirtual().start(() -> {
            try (var socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
                RawOrigin.readHead(socket);
                var name = socket.getSession().getPeerPrincipal().getName();
                var answer = "HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name;
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return server;
    }

    @Test
    void an_endpoint_that_asks_for_a_certificate_is_shown_that_of_the_gateway() throws Exception {
        var shown = SelfSigned.generate("edge", "edge.test", Instant.now(), Duration.ofDays(1));
        try (var web = judging();
                var adit = Adit.serving(ROUTE.replace(
                                "protocol: HTTP}]",
                                "protocol: HTTP}]\n  tls: {backend: {clientCertificateRef: {name: shown}}}")
                        + Adit.secret("shown", shown)
                        + Adit.service("web", web.getLocalPort(), "https"))) {
            assertThat(adit.get("http://a.test/").body()).isEqualTo("CN=edge");
        }
    }
}
