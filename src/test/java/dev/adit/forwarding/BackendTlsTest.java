package dev.adit.forwarding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Reply;
import dev.adit.testbed.Tls;
import dev.adit.x509.Pem;
import dev.adit.x509.SelfSigned;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints that have to prove who they are, and those that ask who Adit is. */
class BackendTlsTest {
    private static final SelfSigned IN_CLUSTER =
            SelfSigned.generate("app", "web.default.svc", now(), Duration.ofDays(1));
    private static final SelfSigned INTERNAL = SelfSigned.generate("app", "app.internal", now(), Duration.ofDays(1));
    private static final SelfSigned STRANGER = SelfSigned.generate("no", "web.default.svc", now(), Duration.ofDays(1));
    private static final SelfSigned GATEWAY = SelfSigned.generate("gateway", "adit", now(), Duration.ofDays(1));
    private static final String BY_SECRET = "adit.dev/backend-tls: app";

    private SSLServerSocket server;

    @BeforeEach
    void nobody() {
        server = null;
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static Instant now() {
        return Instant.now();
    }

    @Test
    void an_endpoint_is_verified_by_the_name_of_its_service() throws Exception {
        listen(IN_CLUSTER);
        var reply = ask(BY_SECRET, secret(authority(IN_CLUSTER)));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("web.default.svc asked by nobody");
    }

    @Test
    void an_endpoint_is_verified_by_the_name_that_the_ingress_says() throws Exception {
        listen(INTERNAL);
        var reply = ask(BY_SECRET + ", adit.dev/backend-server-name: app.internal", secret(authority(INTERNAL)));
        assertThat(reply.body()).isEqualTo("app.internal asked by nobody");
    }

    @Test
    void an_endpoint_that_has_another_name_gets_no_request() throws Exception {
        listen(INTERNAL);
        assertThat(ask(BY_SECRET, secret(authority(INTERNAL))).status()).isEqualTo(502);
    }

    @Test
    void an_endpoint_that_somebody_else_vouches_for_gets_no_request() throws Exception {
        listen(STRANGER);
        assertThat(ask(BY_SECRET, secret(authority(IN_CLUSTER))).status()).isEqualTo(502);
    }

    @Test
    void an_authority_that_has_expired_vouches_for_nobody() throws Exception {
        var expired = SelfSigned.generate("app", "web.default.svc", now(), Duration.ofHours(-1));
        listen(expired);
        assertThat(ask(BY_SECRET, secret(authority(expired))).status()).isEqualTo(502);
    }

    @Test
    void a_name_alone_is_said_and_not_verified() throws Exception {
        listen(STRANGER);
        var reply = ask("adit.dev/backend-server-name: app.internal", "");
        assertThat(reply.body()).isEqualTo("app.internal asked by nobody");
    }

    @Test
    void an_endpoint_that_asks_for_a_certificate_is_shown_that_of_the_secret() throws Exception {
        listen(IN_CLUSTER, true);
        var reply = ask(BY_SECRET, pair(GATEWAY, authority(IN_CLUSTER)));
        assertThat(reply.body()).isEqualTo("web.default.svc asked by CN=gateway");
    }

    @Test
    void a_key_pair_without_authorities_opens_nothing_since_they_may_have_been_lost() throws Exception {
        listen(IN_CLUSTER, true);
        assertThat(ask(BY_SECRET, pair(GATEWAY, "")).status()).isEqualTo(503);
    }

    @Test
    void a_certificate_for_the_address_of_an_endpoint_is_none_for_its_name() throws Exception {
        var ofAddress = SelfSigned.generate("app", "127.0.0.1", now(), Duration.ofDays(1));
        listen(ofAddress);
        assertThat(ask(BY_SECRET, secret(authority(ofAddress))).status()).isEqualTo(502);
    }

    @Test
    void without_the_secret_no_endpoint_is_trusted() throws Exception {
        listen(IN_CLUSTER);
        try (var adit = Adit.serving(manifests(BY_SECRET, "", "https"))) {
            assertThat(adit.get("a.test/").status()).isEqualTo(503);
            assertThat(adit.translation().problems())
                    .singleElement()
                    .asString()
                    .contains("[adit.dev/backend-tls]", "Secret default/app does not exist", "answer 503");
        }
    }

    @Test
    void a_secret_with_nothing_that_can_be_used_opens_nothing() throws Exception {
        listen(IN_CLUSTER);
        assertThat(ask(BY_SECRET, secret("")).status()).isEqualTo(503);
        assertThat(ask(BY_SECRET, secret(", ca.crt: " + base64("no certificate")))
                        .status())
                .isEqualTo(503);
    }

    @Test
    void a_service_without_tls_is_told_of() throws Exception {
        listen(IN_CLUSTER);
        try (var adit = Adit.serving(manifests(BY_SECRET, secret(authority(IN_CLUSTER)), "http"))) {
            assertThat(adit.translation().problems())
                    .singleElement()
                    .asString()
                    .contains("has no effect on Service default/web", "appProtocol to https");
        }
    }

    private Reply ask(String annotations, String secret) throws Exception {
        try (var adit = Adit.serving(manifests(annotations, secret, "https"))) {
            return adit.get("a.test/");
        }
    }

    private String manifests(String annotations, String secret, String protocol) {
        return Adit.ingress(annotations) + Adit.service("web", server.getLocalPort(), protocol) + secret;
    }

    private static String secret(String entries) {
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: app}
                data: {other: ""%s}
                """.formatted(entries);
    }

    private static String authority(SelfSigned certificate) {
        return ", ca.crt: " + base64(pem(certificate));
    }

    /** A Secret with a key pair. */
    private static String pair(SelfSigned own, String more) {
        var key = base64(Pem.encode("PRIVATE KEY", own.key().getEncoded()));
        return secret(", tls.crt: " + base64(pem(own)) + ", tls.key: " + key + more) + "type: kubernetes.io/tls\n";
    }

    private static String pem(SelfSigned own) {
        try {
            return Pem.encode("CERTIFICATE", own.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }

    /** Answers each request with the name that the endpoint was asked for, and with who asked. */
    private void listen(SelfSigned own) throws Exception {
        listen(own, false);
    }

    private void listen(SelfSigned own, boolean asks) throws Exception {
        server = (SSLServerSocket) Tls.context(own).getServerSocketFactory().createServerSocket(0);
        server.setNeedClientAuth(asks);
        var listening = server;
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try (var socket = (SSLSocket) listening.accept()) {
                    socket.startHandshake();
                    answer(socket);
                } catch (IOException _) {
                    // The next one, or the end.
                }
            }
        });
    }

    private static void answer(SSLSocket socket) throws IOException {
        var session = (ExtendedSSLSession) socket.getSession();
        var names = session.getRequestedServerNames();
        var name = names.isEmpty() ? "nobody" : new String(names.getFirst().getEncoded(), ISO_8859_1);
        var text = name + " asked by " + client(session);
        var in = socket.getInputStream();
        var last = 0;
        while (last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
            last = last << 8 | in.read();
        }
        var answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }

    private static String client(ExtendedSSLSession session) {
        try {
            return ((X509Certificate) session.getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (SSLPeerUnverifiedException _) {
            return "nobody";
        }
    }
}
