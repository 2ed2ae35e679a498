package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.Origin;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.SignedChain;
import dev.adit.testbed.Tls;
import dev.adit.x509.SelfSigned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates of clients as ingress-nginx asks for them. */
class AuthTlsFeatureTest {
    private static final SelfSigned MEMBER = certificate("member");
    private static final SelfSigned STRANGER = certificate("stranger");

    @TempDir
    Path folder;

    private static final String SECRET = "auth-tls-secret: default/members";

    @Test
    void a_client_without_a_signed_certificate_is_answered_400() throws Exception {
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(SECRET, web.port(), members())) {
            assertThat(by(adit, Tls.context(MEMBER))).isEqualTo(200);
            assertThat(by(adit, Tls.context(STRANGER))).isEqualTo(400);
            assertThat(by(adit, Tls.context(null))).isEqualTo(400);
            assertThat(adit.getByHttp2("a.test/").status()).isEqualTo(400);
            assertThat(adit.get("a.test/").status()).isEqualTo(200);
            assertThat(adit.translation().problems())
                    .anyMatch(problem -> problem.message().contains("requests without TLS"));
        }
    }

    @Test
    void where_it_is_optional_what_is_shown_has_to_be_signed() throws Exception {
        try (var web = Origin.named("web");
                var adit =
                        IngressNginx.serving(SECRET + ", {}auth-tls-verify-client: optional", web.port(), members())) {
            assertThat(by(adit, Tls.context(MEMBER))).isEqualTo(200);
            assertThat(by(adit, Tls.context(null))).isEqualTo(200);
            assertThat(by(adit, Tls.context(STRANGER))).isEqualTo(400);
        }
    }

    @Test
    void endpoints_are_told_what_was_shown_whatever_the_client_says() throws Exception {
        var annotations = SECRET + ", {}auth-tls-pass-certificate-to-upstream: \"true\"";
        try (var web = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var adit = IngressNginx.serving(annotations, web.port(), members())) {
            by(adit, Tls.context(MEMBER));
            assertThat(web.head())
                    .containsIgnoringCase("ssl-client-verify: SUCCESS\r\n")
                    .containsIgnoringCase("ssl-client-subject-dn: CN=member")
                    .containsIgnoringCase("ssl-client-cert: -----BEGIN%20CERTIFICATE-----%0A");
            adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nssl-client-verify: SUCCESS\r\n\r\n");
            assertThat(web.head()).doesNotContainIgnoringCase("ssl-client-verify");
        }
    }

    @Test
    void who_has_another_subject_is_answered_403_and_who_has_none_is_sent_to_the_error_page() throws Exception {
        var annotations = SECRET + ", {}auth-tls-match-cn: \"CN=(ann|bob)\", {}auth-tls-error-page: https://help.test/";
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(annotations, web.port(), members())) {
            assertThat(by(adit, Tls.context(MEMBER))).isEqualTo(403);
            assertThat(adit.getByTls("a.test/").field("location")).isEqualTo("https://help.test/");
        }
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(SECRET + ", {}auth-tls-match-cn: CN=mem", web.port(), members())) {
            assertThat(by(adit, Tls.context(MEMBER))).isEqualTo(200);
        }
    }

    @Test
    void nobody_is_served_on_the_host_while_the_secret_is_not_there() throws Exception {
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(SECRET, web.port())) {
            assertThat(by(adit, Tls.context(MEMBER))).isEqualTo(403);
            assertThat(adit.get("a.test/").status()).isEqualTo(403);
        }
    }

    @Test
    void what_a_proxy_in_front_says_of_the_scheme_opens_nothing() throws Exception {
        var settings = """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: ingress-nginx}
                data: {use-forwarded-headers: "true"}
                """;
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(
                        SECRET, web.port(), members() + settings, "--configmap=ingress-nginx/settings")) {
            var said = adit.getByTls("a.test/", Tls.context(null), "X-Forwarded-Proto: http\r\n");
            assertThat(said.status()).isEqualTo(400);
            assertThat(by(adit, Tls.context(MEMBER))).isEqualTo(200);
        }
    }

    private static int by(Adit adit, SSLContext context) throws Exception {
        return adit.getByTls("a.test/", context).status();
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "0, 400"})
    void so_many_certificates_may_stand_between_a_client_and_the_authority(int depth, int status) throws Exception {
        var chain = SignedChain.make(folder);
        var annotations = SECRET + ", {}auth-tls-verify-depth: \"" + depth + "\"";
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(annotations, web.port(), members(chain.authority()))) {
            assertThat(by(adit, chain.context())).isEqualTo(status);
        }
    }

    private static String members() throws CertificateEncodingException {
        return members(MEMBER.certificate());
    }

    private static String members(X509Certificate authority) throws CertificateEncodingException {
        var der = Base64.getMimeEncoder().encodeToString(authority.getEncoded());
        var pem = "-----BEGIN CERTIFICATE-----\n" + der + "\n-----END CERTIFICATE-----\n";
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: members}
                data: {ca.crt: %s}
                """.formatted(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static SelfSigned certificate(String name) {
        return SelfSigned.generate(name, name + ".test", Instant.now(), Duration.ofDays(1));
    }
}
