package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.adit.testbed.Adit;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, its API and the commands that ask it. */
class PageTest {
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/page/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");

    private static Response get(Adit adit, String path) {
        return request(adit).get(path);
    }

    private static RequestSpecification request(Adit adit) {
        return given().baseUri("http://127.0.0.1").port(adit.management());
    }

    private static Adit.Ended run(String... arguments) throws Exception {
        return Adit.run(Map.of(), arguments);
    }

    private static void ask(Adit adit, String host, String path) {
        given().header("Host", host).get("http://127.0.0.1:" + adit.http() + path);
    }

    @Test
    void the_page_loads_nothing_from_elsewhere_and_all_of_its_files_are_there() throws Exception {
        try (var adit = Adit.start("demo").ready()) {
            var page = get(adit, "/")
                    .then()
                    .statusCode(200)
                    .contentType("text/html")
                    .extract()
                    .asString();
            assertThat(page).doesNotContain("http://", "https://", "<script>", "style=");
            assertThat(FILE.matcher(page).results().map(MatchResult::group)).isNotEmpty();
            FILE.matcher(page)
                    .results()
                    .forEach(file -> get(adit, file.group(1)).then().statusCode(200));
            var script = get(adit, "/page/adit.js").asString();
            IMPORT.matcher(script)
                    .results()
                    .forEach(file -> get(adit, "/page/" + file.group(1)).then().statusCode(200));
            assertThat(get(adit, "/").header("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void the_pages_of_other_sites_can_read_nothing() throws Exception {
        try (var adit = Adit.start("demo").ready()) {
            for (var path : new String[] {"/", "/api/v1/process", "/routes", "/q/metrics", "/q/health/ready"}) {
                var response =
                        request(adit).header("origin", "http://evil.example").get(path);
                response.then().statusCode(200);
                assertThat(response.headers().hasHeaderWithName("access-control-allow-origin"))
                        .isFalse();
            }
            request(adit)
                    .header("host", "rebound.example")
                    .get("/api/v1/process")
                    .then()
                    .statusCode(403);
            request(adit)
                    .header("host", "rebound.example")
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200);
            request(adit)
                    .header("host", "adit.adit-system.svc:9000")
                    .get("/")
                    .then()
                    .statusCode(200);
            request(adit).header("host", "[::1]:9000").get("/").then().statusCode(200);
            request(adit).head("/").then().statusCode(200);
        }
    }

    @Test
    void a_query_that_cannot_be_decoded_is_refused_in_json() throws Exception {
        try (var adit = Adit.start("demo").ready();
                var socket = new Socket("127.0.0.1", adit.management())) {
            var request = "GET /api/v1/overview?search=% HTTP/1.0\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.0 400")
                    .contains("application/json", "\"error\"");
        }
    }

    @Test
    void nothing_can_be_changed() throws Exception {
        try (var adit = Adit.start("demo").ready()) {
            for (var method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
                request(adit).request(method, "/api/v1/overview").then().statusCode(405);
                request(adit).request(method, "/").then().statusCode(405);
                request(adit).request(method, "/routes").then().statusCode(405);
            }
        }
    }

    @Test
    void a_route_shows_its_rate_its_endpoints_and_where_it_was_written() throws Exception {
        try (var adit = Adit.start("demo").ready()) {
            for (var i = 0; i < 5; i++) {
                ask(adit, "kiada.example.com", "/");
            }
            var found = await().until(
                            () -> get(adit, "/api/v1/routes?search=KIADA.example&sort=requests")
                                    .jsonPath(),
                            routes -> routes.getInt("items[0].signals.'1m'.requests") == 5);
            assertThat(found.getInt("found")).isPositive().isLessThan(found.getInt("total"));
            assertThat(found.getString("items[0].rule.field")).startsWith("spec.rules[");
            assertThat(found.getString("items[0].services[0].endpoints[0].state"))
                    .isEqualTo("ready");
            get(adit, "/api/v1/routes?limit=0").then().statusCode(400).body("error", containsString("limit"));
            get(adit, "/api/v1/endpoints?sort=requests")
                    .then()
                    .statusCode(200)
                    .body("items[0].signals.'1m'.requests", greaterThanOrEqualTo(3)); // of five, by two pods
            get(adit, "/api/v1/endpoints?sort=host")
                    .then()
                    .statusCode(400)
                    .body("error", containsString("sort: use one of service, requests, errors, p99"));
            get(adit, "/api/v1/nothing").then().statusCode(404);
        }
    }

    @Test
    void names_that_are_hostile_stay_text(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("in.yaml"), """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: "<script>alert(1)</script>"
                  annotations: {adit.dev/unknown: "\\u001b[31m<img src=x>"}
                spec:
                  rules:
                    - host: a.test
                      http:
                        paths: [{path: "/<b>\\u202e", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
                """);
        try (var adit = Adit.start("--manifests=" + folder).ready()) {
            var problems = get(adit, "/api/v1/problems");
            problems.then().contentType("application/json").header("x-content-type-options", equalTo("nosniff"));
            assertThat(problems.asString()).doesNotContain("\u001b").contains("<script>");
            assertThat(get(adit, "/api/v1/routes").asString()).doesNotContain("\u202e");
        }
    }

    @Test
    void where_there_is_a_token_only_who_shows_it_sees_anything(@TempDir Path folder) throws Exception {
        var token = folder.resolve("token");
        Files.writeString(token, "first\n");
        try (var adit = Adit.start("demo", "--management-token-file=" + token).ready()) {
            for (var path :
                    new String[] {"/", "/page/adit.js", "/api/v1/overview", "/routes", "/explain", "/certificates"}) {
                get(adit, path).then().statusCode(401);
                request(adit)
                        .header("authorization", "Bearer wrong")
                        .get(path)
                        .then()
                        .statusCode(401);
            }
            get(adit, "/q/health/ready").then().statusCode(200);
            get(adit, "/q/metrics").then().statusCode(200);
            request(adit)
                    .header("authorization", "Bearer first")
                    .get("/routes")
                    .then()
                    .statusCode(200);
            request(adit)
                    .auth()
                    .preemptive()
                    .basic("any", "first")
                    .get("/")
                    .then()
                    .statusCode(200);
            Files.writeString(token, "second");
            request(adit)
                    .header("authorization", "Bearer first")
                    .get("/routes")
                    .then()
                    .statusCode(401);
            request(adit)
                    .header("authorization", "Bearer second")
                    .get("/routes")
                    .then()
                    .statusCode(200);
            Files.writeString(token, " \n");
            request(adit)
                    .header("authorization", "Bearer ")
                    .get("/routes")
                    .then()
                    .statusCode(401);
            Files.delete(token);
            request(adit)
                    .header("authorization", "Bearer second")
                    .get("/routes")
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void top_certs_and_routes_say_what_the_page_says() throws Exception {
        try (var adit = Adit.start("demo").ready()) {
            ask(adit, "kiada.example.com", "/");
            var port = "--management-port=" + adit.management();
            var top = run("top", port);
            assertThat(top.exitCode()).isZero();
            assertThat(top.output()).contains("REQ/S", "kiada.example.com Prefix / -> default/kiada:80");
            assertThat(run("routes", "--signals", port).output()).contains("kiada.example.com Prefix /");
            assertThat(run("certs", port).output()).contains("no certificate for");
            assertThat(run("top", "--management-port=1").output()).contains("no Adit answers on port 1");
        }
    }

    @Test
    void a_support_dump_has_everything_but_secrets(@TempDir Path folder) throws Exception {
        var archive = folder.resolve("dump.zip");
        var token = folder.resolve("token");
        Files.writeString(token, "very-secret-token");
        try (var adit = Adit.start("demo", "--management-token-file=" + token).ready()) {
            ask(adit, "kiada.example.com", "/");
            var dumped = run(
                    "support-dump",
                    "--management-port=" + adit.management(),
                    "--management-token-file=" + token,
                    "--file=" + archive);
            assertThat(dumped.exitCode()).isZero();
        }
        var names = new TreeSet<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
                        .isNotBlank()
                        .doesNotContain("very-secret-token", "PRIVATE KEY");
            }
        }
        assertThat(names)
                .contains(
                        "overview.json",
                        "process.json",
                        "routes.txt",
                        "metrics.txt",
                        "problems-1.json",
                        "changes.json");
    }
}
