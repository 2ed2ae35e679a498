package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Ports;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said in a line that names it, and hurts nothing else. */
class BadInputTest {
    private static final String RULE = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: app}
            spec:
              rules:
              - host: app.test
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %s, port: {number: 80}}}}]}
            """;

    @TempDir
    Path manifests;

    @Test
    void a_port_in_use_ends_the_start_with_one_line_that_names_the_option() throws Exception {
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("0.0.0.0", 0));
            var ended = Adit.run(
                    Map.of(),
                    "serve",
                    "--manifests=" + manifests,
                    "--http-port=" + taken.getLocalPort(),
                    "--https-port=" + Ports.free(),
                    "--management-port=" + Ports.free());
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains("--http-port: cannot listen on 0.0.0.0:" + taken.getLocalPort());
            assertThat(ended.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void equal_ports_are_refused_before_anything_starts() throws Exception {
        var ended = Adit.run(Map.of(), "serve", "--http-port=18080", "--https-port=18080");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output()).contains("--http-port, --https-port and --management-port must differ");
    }

    @Test
    void a_management_port_in_use_ends_the_start_with_one_line_too() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var ended = Adit.run(
                    Map.of(), "serve", "--manifests=" + manifests, "--management-port=" + taken.getLocalPort());
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("--management-port: cannot listen on 127.0.0.1:" + taken.getLocalPort());
            assertThat(ended.output().lines()).hasSize(1);
        }
    }

    @Test
    void without_a_cluster_it_ends_with_what_to_do() throws Exception {
        try (var adit = Adit.start("serve")) {
            assertThat(adit.exitCode()).isEqualTo(1);
            assertThat(adit.output())
                    .contains("no Kubernetes API server", "KUBECONFIG")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void a_directory_that_is_not_there_ends_the_start() throws Exception {
        try (var adit = Adit.start("serve", "--manifests=" + manifests.resolve("none"))) {
            assertThat(adit.exitCode()).isEqualTo(1);
            assertThat(adit.output())
                    .contains("--manifests: '")
                    .contains("is not a directory")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void an_unknown_option_ends_the_start_with_its_name() throws Exception {
        try (var adit = Adit.start("serve", "--manifest=x")) {
            assertThat(adit.exitCode()).isEqualTo(2);
            assertThat(adit.output())
                    .contains("adit: Unknown option: '--manifest=x'")
                    .contains("Did you mean --manifests")
                    .contains("Try 'adit serve --help'");
        }
    }

    @Test
    void a_broken_file_is_reported_and_its_last_good_content_stays() throws Exception {
        try (var backends = new Backends().service("one", 1).service("two", 1)) {
            Files.writeString(manifests.resolve("services.yaml"), backends.manifests());
            var rule = manifests.resolve("rule.yaml");
            Files.writeString(rule, RULE.formatted("one"));
            try (var adit = Adit.serving(manifests)) {
                assertThat(backend(adit)).isEqualTo("one-1");

                Files.writeString(rule, RULE.formatted("two").replace("rules:", "rules: ["));
                await().untilAsserted(() -> assertThat(adit.output())
                        .contains("File rule.yaml: ManifestInvalid: line 6: is not valid YAML"));
                assertThat(backend(adit)).isEqualTo("one-1");

                Files.writeString(rule, RULE.formatted("two"));
                await().atMost(Duration.ofSeconds(5))
                        .untilAsserted(() -> assertThat(backend(adit)).isEqualTo("two-1"));
            }
        }
    }

    @Test
    void a_field_of_the_wrong_type_is_reported_with_its_line_and_other_objects_are_served() throws Exception {
        try (var backends = new Backends().service("one", 1)) {
            Files.writeString(manifests.resolve("services.yaml"), backends.manifests());
            var wrong =
                    RULE.formatted("one").replace("name: app", "name: wrong").replace("number: 80", "number: eighty");
            Files.writeString(manifests.resolve("rules.yaml"), RULE.formatted("one") + "---\n" + wrong);
            try (var adit = Adit.serving(manifests)) {
                assertThat(backend(adit)).isEqualTo("one-1");
                assertThat(adit.output())
                        .contains("rules.yaml: ManifestInvalid: line 15: Ingress default/wrong, "
                                + "spec.rules[0].http.paths[0].backend.service.port.number: must be a number");
            }
        }
    }

    @Test
    void a_missing_service_answers_503_and_no_route_answers_404_with_the_reason() throws Exception {
        Files.writeString(manifests.resolve("rule.yaml"), RULE.formatted("missing"));
        try (var adit = Adit.serving(manifests)) {
            var unavailable = given().header("Host", "app.test").get("http://127.0.0.1:" + adit.http() + "/");
            assertThat(unavailable.statusCode()).isEqualTo(503);
            assertThat(unavailable.asString()).contains("refers to something that does not exist");
            var unknown = given().header("Host", "unknown.test").get("http://127.0.0.1:" + adit.http() + "/");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.asString()).contains("no rule matches this host and path");
            assertThat(unknown.headers().hasHeaderWithName("Server")).isFalse();
            var problems = given().get("http://127.0.0.1:" + adit.management() + "/routes")
                    .asString();
            assertThat(problems).contains("problem Ingress default/app: ServiceNotFound");
            assertThat(adit.output()).contains("WARN  Ingress default/app: ServiceNotFound");
        }
    }

    private static String backend(Adit adit) {
        return given().header("Host", "app.test")
                .get("http://127.0.0.1:" + adit.http() + "/")
                .header("X-Backend");
    }
}
