package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of requests, by the executable. */
class ObservabilityTest {
    private static final List<String> NAMES = List.of(
            "requests",
            "request_duration_seconds_bucket",
            "response_duration_seconds_sum",
            "header_duration_seconds_count",
            "request_size_sum",
            "response_size_sum",
            "config_last_reload_successful",
            "config_last_reload_successful_timestamp_seconds",
            "config_hash",
            "success",
            "errors",
            "nginx_process_connections",
            "nginx_process_connections_total",
            "nginx_process_cpu_seconds_total",
            "nginx_process_resident_memory_bytes",
            "nginx_process_virtual_memory_bytes");

    private static final Pattern NAME = Pattern.compile("\\badit_[a-z_]+");

    private static void ask(Adit adit, String path) {
        given().header("Host", "kiada.example.com")
                .get("http://127.0.0.1:" + adit.http() + path)
                .then()
                .statusCode(200);
    }

    private static String metrics(Adit adit) {
        return given().get("http://127.0.0.1:" + adit.management() + "/q/metrics")
                .asString();
    }

    @Test
    void routes_are_counted_by_the_names_that_are_asked_for() throws Exception {
        try (var adit = Adit.start("demo", "--metrics=both").ready()) {
            ask(adit, "/?a=b");
            ask(adit, "/?a=c");
            await().untilAsserted(
                            () -> assertThat(metrics(adit))
                                    .contains(
                                            "adit_route_duration_seconds_count{kind=\"Ingress\",namespace=\"default\",name=\"kiada\","
                                                    + "host=\"kiada.example.com\",path=\"/\",service=\"kiada\",canary=\"\",method=\"GET\",code=\"200\"} 2.0")
                                    .containsPattern(
                                            "nginx_ingress_controller_requests\\{[^}]*status=\"200\",method=\"GET\",path=\"/\",namespace=\"default\","
                                                    + "ingress=\"kiada\",service=\"kiada\",canary=\"\",host=\"kiada.example.com\"} 2\\.0"));
            assertThat(NAMES)
                    .allSatisfy(name ->
                            assertThat(metrics(adit)).containsPattern("(?m)^nginx_ingress_controller_" + name + "\\{"));
        }
        try (var adit = Adit.start("demo").ready()) {
            ask(adit, "/");
            assertThat(metrics(adit)).doesNotContain("adit_route_", "nginx_ingress_controller_");
        }
    }

    @Test
    void refusals_handshakes_and_late_event_loops_are_counted() throws Exception {
        try (var adit = Adit.start("demo").ready()) {
            given().relaxedHTTPSValidation().get("https://127.0.0.1:" + adit.https() + "/");
            given().header("Host", "a b").get("http://127.0.0.1:" + adit.http() + "/");
            try (var plain = new Socket("127.0.0.1", adit.https())) {
                plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                plain.getInputStream().readAllBytes();
            }
            await().untilAsserted(() -> assertThat(metrics(adit))
                    .containsPattern("adit_tls_handshakes_total\\{version=\"TLSv1.3\",?} [1-9]")
                    .containsPattern("adit_tls_handshakes_total\\{version=\"failed\",?} [1-9]")
                    .containsPattern("adit_refusals_total\\{reason=\"BadHost\",?} 1")
                    .containsPattern("adit_event_loop_lag_seconds [0-9]")
                    .containsPattern("adit_endpoints_ejected 0")
                    .containsPattern("adit_retries_total 0"));
        }
    }

    @Test
    void the_log_of_adit_itself_can_be_json_and_its_level_changes_without_a_restart(@TempDir Path folder)
            throws Exception {
        var level = folder.resolve("level");
        Files.writeString(level, "INFO\n");
        try (var adit = Adit.start("demo", "--log-format=json", "--log-level-file=" + level)
                .ready()) {
            assertThat(adit.output().lines().filter(line -> line.contains("Generation 1 is live")))
                    .singleElement()
                    .asString()
                    .startsWith("{")
                    .contains("\"level\":\"INFO\"", "\"timestamp\":\"20");
            Files.writeString(level, "io.quarkus=DEBUG\nINFO\n");
            await().until(() -> adit.output().contains("io.quarkus=DEBUG"));
            Files.writeString(level, "LOUD\n");
            await().until(() -> adit.output().contains("'LOUD' is not a level"));
        }
    }

    @Test
    void what_alerts_and_dashboard_ask_for_is_there() throws Exception {
        var folder = Adit.ROOT.resolve("src/main/monitoring");
        try (var adit = Adit.start("demo", "--metrics=adit").ready();
                var files = Files.list(folder)) {
            ask(adit, "/");
            var all = await().until(() -> metrics(adit), text -> text.contains("adit_route_duration_seconds_count{"));
            assertThat(files.toList())
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(NAME.matcher(Files.readString(file))
                                    .results()
                                    .map(MatchResult::group)
                                    .distinct()
                                    .toList())
                            .isNotEmpty()
                            .allSatisfy(name -> assertThat(all)
                                    .containsPattern(
                                            "(?m)^(# TYPE )?" + name.replaceFirst("_total$", "(_total)?") + "[ {]")));
        }
    }

    @Test
    void the_access_log_is_opened_again_at_a_signal(@TempDir Path folder) throws Exception {
        var file = folder.resolve("access.log");
        try (var adit = Adit.start("demo", "--access-log=nginx", "--access-log-file=" + file)
                .ready()) {
            ask(adit, "/?first");
            await().until(() -> Files.readString(file).contains("\"GET /?first HTTP/1.1\" 200 "));
            Files.move(file, folder.resolve("moved"));
            var signalled = new ProcessBuilder("kill", "-USR1", Long.toString(adit.pid())).start();
            assertThat(signalled.waitFor(10, TimeUnit.SECONDS)).isTrue();
            await().until(() -> {
                ask(adit, "/?second");
                return Files.exists(file);
            });
        }
        assertThat(Files.readAllLines(file))
                .isNotEmpty()
                .allMatch(line -> line.matches(
                        "127\\.0\\.0\\.1 - - \\[[^]]+] \"GET /\\?second HTTP/1\\.1\" 200 [0-9]+ \"-\" \"[^\"]+\" [0-9]+ [0-9.]+"
                                + " \\[default-kiada-80] \\[] [0-9.:]+ [0-9]+ [0-9.]+ 200 -"));
    }

    @Test
    void a_file_that_cannot_be_written_is_told_at_the_start() throws Exception {
        try (var adit = Adit.start("demo", "--access-log=json", "--access-log-file=/nowhere/access.log")) {
            assertThat(adit.exitCode()).isNotZero();
            assertThat(adit.output())
                    .contains("--access-log-file: '/nowhere/access.log' cannot be written")
                    .contains("Give a file in a folder that Adit may write to");
        }
    }
}
