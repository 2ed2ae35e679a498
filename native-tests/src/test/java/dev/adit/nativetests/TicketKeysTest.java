package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.OpenSslClient;
import dev.adit.testbed.RecordingOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that outlive the process, by {@code --ticket-keys}. */
class TicketKeysTest {
    private static final String FIRST = secret('1');
    private static final String SECOND = secret('2');

    @TempDir
    private Path folder;

    private Path manifests;
    private Path keys;
    private RecordingOrigin origin;

    @BeforeEach
    void write() throws Exception {
        Assumptions.assumeTrue(OpenSslClient.obstacle().isEmpty(), OpenSslClient.obstacle());
        origin = new RecordingOrigin();
        manifests = Files.createDirectory(folder.resolve("manifests"));
        keys = Files.writeString(folder.resolve("keys"), FIRST + "\n");
        var shared = Certificates.make(folder, "shared", "a.test", "b.test");
        Files.writeString(
                manifests.resolve("all.yaml"),
                origin.manifests("plain.test") + "---\n" + shared.secret("shared") + ingress("a") + ingress("b"));
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void a_session_goes_on_with_its_own_host_after_a_restart_and_with_another_replica(String version) throws Exception {
        var session = folder.resolve("session");
        try (var first = serving()) {
            new OpenSslClient(first.https()).begin("a.test", session, List.of(version));
        }
        try (var second = serving()) {
            var client = new OpenSslClient(second.https());
            assertThat(client.resumes("b.test", session, List.of(version))).isFalse();
            assertThat(client.resumes("a.test", session, List.of(version))).isTrue();
        }
    }

    @Test
    void secrets_are_rotated_while_it_runs_and_a_file_that_breaks_changes_nothing() throws Exception {
        var old = folder.resolve("old");
        try (var adit = serving()) {
            var client = new OpenSslClient(adit.https());
            client.begin("a.test", old, List.of("-tls1_3"));
            replace("no secret\n");
            awaitLine(adit, "line 1 is not Base64; the secrets read before stay in use");
            assertThat(client.resumes("a.test", old, List.of("-tls1_3"))).isTrue();
            replace(SECOND + "\n" + FIRST + "\n");
            awaitLine(adit, "encrypted by the first of 2 secrets");
            assertThat(client.resumes("a.test", old, List.of("-tls1_3"))).isTrue();
            replace(SECOND + "\n");
            awaitLine(adit, "encrypted by the first of 1 secret ");
            assertThat(client.resumes("a.test", old, List.of("-tls1_3"))).isFalse();
        }
    }

    @Test
    void a_file_without_secrets_is_told_at_the_start() throws Exception {
        replace("");
        var ended = Adit.run(
                Map.of(),
                "serve",
                "--manifests",
                manifests.toString(),
                "--ticket-keys",
                keys.toString(),
                "--http-port=0");
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("--ticket-keys: '" + keys + "' cannot be used: it holds no secret");
    }

    private Adit serving() throws IOException {
        return Adit.serving(manifests, "--ticket-keys", keys.toString()).ready();
    }

    /** As a whole, as a mounted Secret changes. */
    private void replace(String text) throws IOException {
        var fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, keys, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitLine(Adit adit, String line) {
        await(line).atMost(Duration.ofSeconds(60)).until(() -> adit.output().contains(line));
    }

    private static String ingress(String name) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %1$s}
                spec:
                  tls: [{hosts: [%1$s.test], secretName: shared}]
                  rules:
                  - host: %1$s.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: origin, port: {number: 80}}}}]}
                ---
                """.formatted(name);
    }

    private static String secret(char of) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(of).repeat(48).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
