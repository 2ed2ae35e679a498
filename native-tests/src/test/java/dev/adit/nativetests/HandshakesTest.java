package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.OpenSslClient;
import dev.adit.testbed.RecordingOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificate a handshake is answered with, and with which host a session may go on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandshakesTest {
    private RecordingOrigin origin;
    private Adit adit;
    private OpenSslClient client;
    private Certificates member;
    private Certificates rsaMember;
    private Certificates edMember;
    private Path files;

    @BeforeAll
    void start(@TempDir Path files, @TempDir Path manifests) throws Exception {
        Assumptions.assumeTrue(OpenSslClient.obstacle().isEmpty(), OpenSslClient.obstacle());
        this.files = files;
        origin = new RecordingOrigin();
        member = Certificates.make(files, "member", "member.test");
        var shared = Certificates.make(files, "shared", "b.test", "members.test");
        rsaMember = Certificates.makeRsa(2048, files, "rsa-member", "member.test");
        edMember = Certificates.makeEd25519(files, "ed-member", "member.test");
        var authorities = new ByteArrayOutputStream();
        for (var one : List.of(member, rsaMember, edMember)) {
            authorities.write(Files.readAllBytes(one.certificate()));
        }
        var authority = Base64.getEncoder().encodeToString(authorities.toByteArray());
        Files.writeString(
                manifests.resolve("all.yaml"),
                origin.manifests("plain.test")
                        + "---\n"
                        + Certificates.make(files, "a", "a.test").secret("a")
                        + shared.secret("shared")
                        + Certificates.make(files, "ec", "both.test").secret("ec")
                        + Certificates.makeRsa(2048, files, "rsa", "both.test").secret("rsa")
                        + Certificates.makeEd25519(files, "ed", "modern.test").secret("ed")
                        + Certificates.makeRsa(2048, files, "old", "modern.test")
                                .secret("old")
                        + ingress("a", "", "a")
                        + ingress("b", "", "shared")
                        + ingress("members", "adit.dev/client-ca: members", "shared")
                        + ingress("both", "", "ec", "rsa")
                        + ingress("modern", "", "ed", "old")
                        + """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: members}
                        data: {ca.crt: %s}
                        """.formatted(authority));
        adit = Adit.serving(manifests);
        client = new OpenSslClient(adit.https());
    }

    @AfterAll
    void stop() throws IOException {
        if (adit != null) {
            adit.close();
            origin.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "members, members, true",
        "a, b, false",
        // These two have one certificate, and one of them asks for more.
        "b, members, false",
        "members, b, false",
    })
    void a_session_goes_on_with_its_own_host_alone(String first, String second, boolean isResumed) throws Exception {
        for (var version : List.of("-tls1_2", "-tls1_3")) {
            var options = showing(version, member);
            var session = files.resolve(first + second + version);
            assertThat(client.resumes(first + ".test", second + ".test", session, options))
                    .as(version)
                    .isEqualTo(isResumed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "both, -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256, RSA",
        "both, -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256, ECDSA",
        "both, -tls1_2, ECDSA",
        "both, -tls1_3, ECDSA",
        "both, -tls1_3 -sigalgs RSA-PSS+SHA256, RSA",
        "modern, -tls1_3 -sigalgs ECDSA+SHA256:RSA-PSS+SHA256, RSA",
        "modern, -tls1_2 -sigalgs ECDSA+SHA256:RSA-PSS+SHA256, RSA",
        "modern, -tls1_3 -sigalgs ed25519, ed25519",
    })
    void the_client_says_which_kind_of_key_it_takes(String host, String options, String kind) throws Exception {
        var said = client.get(host + ".test", List.of(options.split(" ")));
        assertThat(said).contains("Peer signature type: " + kind).contains("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_client_may_show_a_certificate_with_a_key_of_rsa(String version) throws Exception {
        assertThat(client.get("members.test", showing(version, rsaMember))).contains("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_client_may_show_a_certificate_with_a_key_of_ed25519(String version) throws Exception {
        assertThat(client.get("members.test", showing(version, edMember))).contains("HTTP/1.1 200");
    }

    private static List<String> showing(String version, Certificates own) {
        return List.of(
                version,
                "-cert",
                own.certificate().toString(),
                "-key",
                own.key().toString());
    }

    private static String ingress(String name, String annotation, String... secrets) {
        var tls = new StringBuilder();
        for (var secret : secrets) {
            tls.append("  - {hosts: [%s.test], secretName: %s}\n".formatted(name, secret));
        }
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %1$s, annotations: {%2$s}}
                spec:
                  tls:
                %3$s  rules:
                  - host: %1$s.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: origin, port: {number: 80}}}}]}
                ---
                """.formatted(name, annotation, tls);
    }
}
