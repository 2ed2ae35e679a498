package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Certificates;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever one object says, the others are followed as if it was not there, and it is said what is wrong with it. */
class HostileManifestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SMALL_HEAP = 256;
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: %1$s, annotations: {%2$s}}
            spec:
              rules:
              - host: %1$s.test
                http: {paths: [{path: "%3$s", pathType: Prefix, backend: {service: {name: %4$s, port: {name: http}}}}]}
            ---
            """;

    @TempDir
    Path manifests;

    @TempDir
    Path keys;

    private final Backends backends = new Backends();

    @BeforeEach
    void good() throws IOException {
        write("services.yaml", backends.service("one", 1).service("two", 1).manifests());
        write("good.yaml", INGRESS.formatted("good", "", "/", "one"));
    }

    @AfterEach
    void close() {
        backends.close();
    }

    @Test
    void an_annotation_that_overflows_an_expression_stops_nobody() throws Exception {
        var hostile = INGRESS.formatted("hostile", "adit.dev/hsts: \"1" + ";preload".repeat(16_000) + "\"", "/", "one");
        edits("hostile.yaml", hostile, "Ingress default/hostile: AnnotationInvalid", "characters long");
        starts("Ingress default/hostile: AnnotationInvalid");
    }

    @Test
    void paths_of_half_a_million_elements_take_no_memory_from_others() throws Exception {
        var path = "/a".repeat(500_000);
        var hostile = INGRESS.formatted("hostile", "", path, "one") + INGRESS.formatted("hostile2", "", path, "two");
        edits("hostile.yaml", hostile, "Ingress default/hostile2: PathInvalid", "--max-target");
        starts("Ingress default/hostile: PathInvalid");
    }

    @Test
    void paths_of_the_greatest_length_in_any_number_take_no_more_memory_than_their_text() throws Exception {
        // 2.6 MB in 160 objects, each with a path that can match.
        var paths = new StringBuilder();
        for (var i = 0; i < 160; i++) {
            paths.append(INGRESS.formatted("hostile", "", "/" + i + "/a".repeat(8_100), "one")
                    .replace("name: hostile", "name: hostile-" + i));
        }
        edits("hostile.yaml", paths.toString(), "Generation");
        starts("Generation");
    }

    @Test
    void json_of_fifty_thousand_levels_is_refused_by_its_line() throws Exception {
        var deep = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);
        edits("hostile.json", deep, "File hostile.json: ManifestInvalid: line 1: is nested more than 200 levels deep");
        starts("File hostile.json: ManifestInvalid: line 1");
    }

    @Test
    void an_alias_of_itself_and_aliases_of_aliases_are_refused_by_their_line() throws Exception {
        edits(
                "hostile.yaml",
                "a: 1\nb: &b [*b]\n",
                "File hostile.yaml: ManifestInvalid: line 2: has an alias inside of");
        var laughs = new StringBuilder("l0: &l0 [ha, ha]\n");
        for (var i = 1; i < 24; i++) {
            laughs.append("l%1$d: &l%1$d [*l%2$d, *l%2$d]\n".formatted(i, i - 1));
        }
        edits("laughs.yaml", laughs.toString(), "File laughs.yaml: ManifestInvalid", "has aliases that stand for more");
        starts("File hostile.yaml", "File laughs.yaml");
    }

    @Test
    void three_megabytes_of_unknown_fields_are_read_in_the_time_of_their_size() throws Exception {
        var fields =
                new StringBuilder(INGRESS.formatted("hostile", "", "/", "one").replace("---\n", ""));
        for (var i = 0; i < 120_000; i++) {
            fields.append("  unknown-").append(i).append(": abcdefgh\n");
        }
        edits("hostile.yaml", fields.toString(), "Ingress hostile, spec.unknown-0: unknown field");
        starts("Ingress hostile, spec.unknown-0");
    }

    @Test
    void a_number_of_a_million_digits_is_refused_by_its_line() throws Exception {
        var number = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: " + "9".repeat(1_000_000) + "}\n";
        edits("hostile.yaml", number, "File hostile.yaml: ManifestInvalid: line 4: has a number of 1000000 digits");
    }

    @Test
    void a_pipe_is_not_waited_for() throws Exception {
        try (var adit = Adit.serving(manifests)) {
            pipe("pipe.yaml");
            follows(adit, "File pipe.yaml: ManifestInvalid", "is no regular file");
        }
        starts("File pipe.yaml: ManifestInvalid");
    }

    @Test
    void a_key_that_would_hold_up_the_handshakes_of_all_is_refused() throws Exception {
        var secret = Certificates.makeRsa(5_120, keys, "large", "hostile.test").secret("large");
        var tls = INGRESS.formatted("hostile", "", "/", "one")
                .replace("spec:\n", "spec:\n  tls: [{hosts: [hostile.test], secretName: large}]\n");
        edits(
                "hostile.yaml",
                secret + tls,
                "Ingress default/hostile: CertificateInvalid",
                "has an RSA key of 5120 bits",
                "The default certificate is served instead");
    }

    @Test
    void a_timeout_that_no_timer_can_count_is_refused_and_its_route_is_served() throws Exception {
        write("hostile.yaml", INGRESS.formatted("hostile", "adit.dev/connect-timeout: 597h", "/", "one"));
        try (var adit = Adit.serving(manifests)) {
            follows(adit, "Ingress default/hostile: AnnotationInvalid", "'597h' is not valid");
            assertThat(get(adit, "hostile.test").header("X-Backend")).isEqualTo("one-1");
            assertThat(adit.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void an_endpoint_of_a_port_that_cannot_be_is_answered_for() throws Exception {
        for (var port : new int[] {99_999, -1, 65_536}) {
            write("hostile.yaml", """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: odd}
                    spec: {ports: [{name: http, port: %1$d}]}
                    ---
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata: {name: odd-1, labels: {kubernetes.io/service-name: odd}}
                    addressType: IPv4
                    ports: [{name: http, port: %1$d}]
                    endpoints: [{addresses: [127.0.0.1]}]
                    ---
                    """.formatted(port) + INGRESS.formatted("hostile", "", "/", "odd"));
            try (var adit = Adit.serving(manifests)) {
                assertThat(get(adit, "hostile.test").statusCode()).isEqualTo(503);
                follows(adit, "EndpointSlice default/odd-1: PortInvalid", port + " is not a valid port");
                assertThat(adit.output()).doesNotContain("\tat ");
            }
        }
    }

    /** Hostile content comes while others are served, and others are edited after it. */
    private void edits(String file, String content, String... told) throws Exception {
        try (var adit = serving()) {
            write(file, content);
            follows(adit, told);
        }
    }

    /** Hostile content is there from the start. */
    private void starts(String... told) throws Exception {
        try (var adit = serving()) {
            follows(adit, told);
        }
    }

    private Adit serving() throws IOException {
        return Adit.start(Adit.command(SMALL_HEAP), "serve", "--manifests=" + manifests)
                .ready();
    }

    private void follows(Adit adit, String... told) throws Exception {
        for (var text : told) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(adit.output()).contains(text));
        }
        for (var service : new String[] {"two", "one"}) {
            write("good.yaml", INGRESS.formatted("good", "", "/", service));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(adit, "good.test").header("X-Backend"))
                            .isEqualTo(service + "-1"));
        }
        assertThat(adit.isLive()).isTrue();
        // Nothing quotes what it complains of at length.
        assertThat(adit.output().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThan(2_000));
    }

    private static Response get(Adit adit, String host) {
        return given().header("Host", host).get("http://127.0.0.1:" + adit.http() + "/");
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(manifests.resolve(file), content);
    }

    private void pipe(String file) throws Exception {
        var made = new ProcessBuilder("mkfifo", manifests.resolve(file).toString()).start();
        assertThat(made.waitFor()).isZero();
    }
}
