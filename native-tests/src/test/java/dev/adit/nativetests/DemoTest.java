package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code adit demo}: what a person sees in the first minute. */
class DemoTest {
    @Test
    void the_demo_needs_nothing_but_the_executable(@TempDir Path elsewhere) throws Exception {
        try (var adit = Adit.startIn(elsewhere, "demo").ready()) {
            given().header("Host", "kiada.example.com")
                    .get("http://127.0.0.1:" + adit.http() + "/")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void a_second_demo_needs_nothing_but_three_other_ports() throws Exception {
        try (var _ = Adit.start("demo").ready();
                var second = Adit.start("demo").ready()) {
            assertThat(given().header("Host", "kiada.example.com")
                            .get("http://127.0.0.1:" + second.http() + "/")
                            .asString())
                    .contains("Quote of the moment")
                    .doesNotContain("cannot be reached");
        }
    }

    @Test
    void the_demo_serves_three_applications_and_ends_cleanly() throws Exception {
        try (var adit = Adit.start("demo").ready()) {
            var base = "http://127.0.0.1:" + adit.http();
            assertThat(given().header("Host", "kiada.example.com")
                            .get(base + "/")
                            .asString())
                    .contains("Quote of the moment", "Quiz question")
                    .doesNotContain("cannot be reached");
            given().header("Host", "api.example.com")
                    .get(base + "/quote")
                    .then()
                    .statusCode(200);
            given().header("Host", "api.example.com")
                    .get(base + "/questions/1")
                    .then()
                    .statusCode(200);
            given().header("Host", "any.example.com").get(base + "/").then().statusCode(200);
            assertThat(given().get(base + "/").asString()).contains("the default backend");
            await().untilAsserted(() -> assertThat(given().get("http://127.0.0.1:" + adit.management() + "/q/metrics")
                            .asString())
                    .contains("adit_requests_total{code=\"2xx\"} 4.0", "adit_config_generation"));
            assertThat(adit.output()).contains("http://kiada.localhost:" + adit.http() + "/");
            adit.terminate();
            assertThat(adit.exitCode()).isIn(0, 143);
            assertThat(adit.output()).doesNotContain("Exception");
        }
    }
}
