package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.FakeApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state on disk that somebody else has read, changed or replaced. */
@Tag("either-build")
class StateFileTamperingTest {
    private static final String HOST = "shop.test";
    private static final String CLOSED = "\"annotations\":{\"adit.dev/client-ca\":\"members\"}";

    @TempDir
    Path files;

    private FakeApi api;
    private Path kubeconfig;
    private Path state;
    private String[] options = {};

    @BeforeEach
    void up() throws Exception {
        api = new FakeApi().with("ingressclasses", """
                        {"kind": "IngressClass", "apiVersion": "networking.k8s.io/v1", "metadata": {"name": "adit"},
                         "spec": {"controller": "adit.dev/ingress-controller"}}
                        """).with("services", """
                        {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "web", "namespace": "shop"},
                         "spec": {"ports": [{"port": 80}]}}
                        """).with("ingresses", """
                        {"kind": "Ingress", "apiVersion": "networking.k8s.io/v1",
                         "metadata": {"name": "shop", "namespace": "shop", "uid": "1",
                                      "annotations": {"adit.dev/client-ca": "members"}},
                         "spec": {"ingressClassName": "adit", "rules": [{"host": "shop.test", "http": {"paths": [
                           {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}}]}}
                        """);
        kubeconfig = api.kubeconfig(files);
        state = files.resolve("state/adit.state");
        var key = Files.writeString(files.resolve("key"), "0123456789abcdef0123456789abcdef");
        options = new String[] {
            "serve", "--state-dir=" + state.getParent(), "--state-key=" + key, "--drain-delay=0", "--drain-timeout=1"
        };
    }

    @AfterEach
    void down() {
        api.close();
    }

    @Test
    void nobody_but_its_owner_may_read_the_state_or_write_beside_it_whatever_the_umask_is() throws Exception {
        var starter = List.of("sh", "-c", "umask 0 && exec \"$0\" \"$@\"");
        try (var adit = Adit.startWith(starter, kubeconfig, options).ready()) {
            awaitState();
            assertThat(mode(state)).isEqualTo("rw-------");
            assertThat(mode(state.getParent())).isEqualTo("rwx------");
            assertThat(adit.output()).doesNotContain("--state-dir");
        }
    }

    @Test
    void a_state_that_was_edited_opens_no_host_that_is_closed() throws Exception {
        keep();
        var whole = Files.readAllBytes(state);
        var line = new String(whole, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        var packed = new GZIPInputStream(new ByteArrayInputStream(whole, line, whole.length - line - 32));
        var content = new String(packed.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(content).contains(CLOSED);
        var open = content.replace(CLOSED, "\"annotations\":{}");
        // With the checksum of a state without a key, under either name; and with no checksum at all.
        for (var forged :
                List.of(forged("unkeyed", open), forged("keyed", open), Arrays.copyOf(whole, whole.length - 1))) {
            Files.write(state, forged);
            api.setAway(true);
            try (var adit = Adit.startWith(kubeconfig, options)) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(adit.output()).contains("cannot be resumed from"));
                await().ignoreExceptions().until(() -> code(adit) == 503);
                assertThat(adit.output()).doesNotContain("is live");
            }
            api.setAway(false);
            try (var adit = Adit.startWith(kubeconfig, options).ready()) {
                assertThat(adit.output()).contains("cannot be resumed from");
                var refused = state.resolveSibling("adit.state.refused");
                await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(refused));
                assertThat(refused).hasBinaryContent(forged);
                Files.delete(refused);
            }
        }
        Files.write(state, whole);
        api.setAway(true);
        try (var adit = Adit.startWith(kubeconfig, options).ready()) {
            assertThat(adit.output()).contains("Generation 1 is live");
            assertThat(code(adit)).isEqualTo(503);
        }
    }

    @Test
    void a_bomb_is_refused_and_serving_begins_without_it() throws Exception {
        Files.createDirectory(state.getParent());
        options = Arrays.stream(options)
                .filter(option -> !option.startsWith("--state-key"))
                .toArray(String[]::new);
        var bytes = new ByteArrayOutputStream();
        bytes.write("adit-state 2 unkeyed\n".getBytes(StandardCharsets.US_ASCII));
        try (var bomb = new GZIPOutputStream(bytes, 1 << 16)) {
            bomb.write(("{\"of\": \"" + identity() + "\"}\n").getBytes(StandardCharsets.US_ASCII));
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 2_000; i++) {
                bomb.write(zeros);
            }
        }
        var unsigned = bytes.toByteArray();
        bytes.write(checksum(unsigned));
        Files.write(state, bytes.toByteArray());
        var heap = Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m");
        try (var adit = Adit.startWith(kubeconfig, heap, options).ready()) {
            assertThat(adit.output()).contains("cannot be resumed from").contains("an object of it is larger");
            assertThat(code(adit)).isEqualTo(503);
        }
    }

    /** Writes a state, and ends. */
    private void keep() throws Exception {
        try (var adit = Adit.startWith(kubeconfig, options).ready()) {
            awaitState();
            assertThat(code(adit)).isEqualTo(503);
        }
    }

    private void awaitState() {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(state));
    }

    private String identity() throws Exception {
        var server = Files.readString(kubeconfig).replaceFirst("(?s).*server: \"([^\"]*)\".*", "$1");
        return "class adit in all namespaces of " + server + "/";
    }

    private static byte[] forged(String name, String content) throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write(("adit-state 2 " + name + "\n").getBytes(StandardCharsets.US_ASCII));
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(content.getBytes(StandardCharsets.UTF_8));
        }
        bytes.write(checksum(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    /** What everybody can make. */
    private static byte[] checksum(byte[] content) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("no --state-key".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return mac.doFinal(content);
    }

    private static int code(Adit adit) {
        return given().redirects()
                .follow(false)
                .header("Host", HOST)
                .get("http://127.0.0.1:" + adit.http() + "/")
                .statusCode();
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
