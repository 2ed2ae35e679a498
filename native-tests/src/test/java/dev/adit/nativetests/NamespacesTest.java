package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.TlsClient;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two namespaces that both want one host: the one that came first keeps what it has (ADR 15). */
@Tag("either-build")
class NamespacesTest {
    private static final String HOST = "shop.test";
    private static final String NO_REDIRECT = "annotations: {adit.dev/ssl-redirect: \"false\"}";

    @TempDir
    Path manifests;

    @TempDir
    Path files;

    private final Backends shop = new Backends();
    private final Backends guest = new Backends();

    @BeforeEach
    void up() throws Exception {
        write("shop", shop.service("shop", 1).manifests());
        write("guest", guest.service("guest", 1).manifests());
    }

    @AfterEach
    void down() {
        shop.close();
        guest.close();
    }

    @Test
    void a_path_that_is_spelled_in_another_way_is_the_same_path() throws Exception {
        ingress("shop", 2020, "", "", path("/", "Prefix") + path("/admin", "Exact"));
        ingress(
                "guest",
                2026,
                "",
                "",
                path("/%2e", "Prefix")
                        + path("/%61dmin", "Exact")
                        + path("/a/%2E%2e", "ImplementationSpecific")
                        + path("/g%75est", "Prefix"));
        try (var adit = Adit.serving(manifests)) {
            for (var path : new String[] {"/", "/x", "/admin", "/%61dmin", "/%2e", "/a/%2e%2e"}) {
                assertThat(backend(adit, path)).as(path).isEqualTo("shop-1");
            }
            assertThat(backend(adit, "/guest")).isEqualTo("guest-1");
            assertThat(adit.output())
                    .contains("Ingress guest/guest: PathConflict: spec.rules[0].http.paths[0]")
                    .contains("Ingress guest/guest: PathConflict: spec.rules[0].http.paths[1]");
        }
    }

    @Test
    void the_label_of_a_solver_gives_no_path_no_certificate_and_no_default_backend() throws Exception {
        var own = Certificates.make(files, "own", HOST);
        write("shop", own.secret("tls"));
        write("guest", Certificates.make(files, "stolen", HOST, "stolen.test").secret("tls"));
        var tls = "tls: [{hosts: [" + HOST + "], secretName: tls}]";
        ingress("shop", 2020, tls + "\n  defaultBackend: " + backend("shop"), "", path("/cart", "Exact"));
        ingress(
                "guest",
                2026,
                tls + "\n  defaultBackend: " + backend("guest"),
                "labels: {acme.cert-manager.io/http01-solver: \"true\"}",
                path("/cart", "Exact") + path("/.well-known/acme-challenge/token", "Exact"));
        try (var adit = Adit.serving(manifests)) {
            assertThat(backend(adit, "/cart")).isEqualTo("shop-1");
            assertThat(backend(adit, "/else")).isEqualTo("shop-1");
            assertThat(backend(adit, "/.well-known/acme-challenge/token")).isEqualTo("shop-1");
            assertThat(get(adit, "unknown.test", "/").header("X-Backend")).isEqualTo("shop-1");
            var shown = TlsClient.get("127.0.0.1", adit.https(), HOST, "/cart").certificate();
            assertThat(shown.getSubjectAlternativeNames()).hasSize(1);
        }
    }

    @Test
    void a_solver_of_the_same_namespace_is_reached_without_a_redirect() throws Exception {
        ingress("shop", 2020, "", "annotations: {adit.dev/ssl-redirect: \"true\"}", path("/", "Prefix"));
        write("shop", guest.manifests());
        var label = "labels: {acme.cert-manager.io/http01-solver: \"true\"}";
        Files.writeString(
                manifests.resolve("solver.yaml"),
                document("shop", "solver", 2026, "", label, path("/.well-known/acme-challenge/token", "Exact"))
                        .replace("{service: {name: shop", "{service: {name: guest"));
        try (var adit = Adit.serving(manifests)) {
            assertThat(backend(adit, "/.well-known/acme-challenge/token")).isEqualTo("guest-1");
            assertThat(get(adit, HOST, "/.well-known/acme-challenge/other").statusCode())
                    .isEqualTo(308);
        }
    }

    @Test
    void challenges_of_a_host_that_is_listed_reach_no_catch_all_of_a_guest() throws Exception {
        write("shop", own().secret("tls"));
        ingress("shop", 2020, "tls: [{hosts: [" + HOST + "], secretName: tls}]", NO_REDIRECT, path("/app", "Prefix"));
        ingress("guest", 2026, "", "", path("/", "Prefix"));
        try (var adit = Adit.serving(manifests)) {
            assertThat(get(adit, HOST, "/.well-known/acme-challenge/token").statusCode())
                    .isEqualTo(503);
            assertThat(backend(adit, "/app")).isEqualTo("shop-1");
            assertThat(backend(adit, "/.well-known/other")).isEqualTo("guest-1");
        }
    }

    @Test
    void challenges_of_a_host_that_is_listed_reach_no_default_backend_of_a_guest() throws Exception {
        write("shop", own().secret("tls"));
        ingress("shop", 2020, "tls: [{hosts: [" + HOST + "], secretName: tls}]", NO_REDIRECT, path("/app", "Prefix"));
        ingress("guest", 2026, "defaultBackend: " + backend("guest"), "", path("/zzz", "Prefix"));
        Files.writeString(
                manifests.resolve("solver.yaml"),
                document("shop", "solver", 2027, "", "", path("/.well-known/acme-challenge/own", "Exact")));
        try (var adit = Adit.serving(manifests)) {
            assertThat(get(adit, HOST, "/.well-known/acme-challenge/token").statusCode())
                    .isEqualTo(503);
            assertThat(backend(adit, "/.well-known/acme-challenge/own")).isEqualTo("shop-1");
            assertThat(backend(adit, "/else")).isEqualTo("guest-1");
        }
    }

    @Test
    void the_tls_of_a_host_passes_only_where_its_oldest_ingress_says_so() throws Exception {
        var own = Certificates.make(files, "own", HOST);
        write("shop", own.secret("tls"));
        ingress("shop", 2020, "tls: [{hosts: [" + HOST + "], secretName: tls}]", "", path("/", "Prefix"));
        ingress("guest", 2026, "", "annotations: {adit.dev/ssl-passthrough: \"true\"}", path("/guest", "Prefix"));
        try (var adit = Adit.serving(manifests)) {
            var answer = TlsClient.get("127.0.0.1", adit.https(), HOST, "/");
            assertThat(answer.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=" + HOST);
            assertThat(answer.response()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("x-backend: shop-1");
            assertThat(backend(adit, "/guest")).isEqualTo("guest-1");
            assertThat(adit.output())
                    .contains("Ingress guest/guest: PathConflict: metadata.annotations[adit.dev/ssl-passthrough]");
        }
    }

    @Test
    void client_certificates_that_a_guest_asks_for_close_its_own_paths_and_no_others() throws Exception {
        write("guest", authority());
        ingress("shop", 2020, "", "", path("/", "Prefix"));
        ingress("guest", 2026, "", "annotations: {adit.dev/client-ca: members}", path("/guest", "Prefix"));
        try (var adit = Adit.serving(manifests)) {
            assertThat(management(adit, "/explain?url=https://" + HOST + "/"))
                    .contains("the default certificate")
                    .doesNotContain("; the client");
            assertThat(TlsClient.get("127.0.0.1", adit.https(), HOST, "/").response())
                    .startsWith("HTTP/1.1 200 ");
            assertThat(TlsClient.get("127.0.0.1", adit.https(), HOST, "/guest").response())
                    .startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void client_certificates_that_a_guest_asks_for_do_not_end_the_passthrough_of_the_host() throws Exception {
        write("guest", authority());
        ingress("shop", 2020, "", "annotations: {adit.dev/ssl-passthrough: \"true\"}", path("/", "Prefix"));
        ingress("guest", 2026, "", "annotations: {adit.dev/client-ca: members}", path("/guest", "Prefix"));
        try (var adit = Adit.serving(manifests)) {
            assertThat(management(adit, "/routes"))
                    .contains("tunnel -> shop/shop:80")
                    .contains("Prefix /guest -> 503 (PathConflict)");
            assertThat(get(adit, HOST, "/guest").statusCode()).isEqualTo(503);
        }
    }

    private Certificates own() throws Exception {
        return Certificates.make(files, "own", HOST);
    }

    private String authority() throws Exception {
        return Certificates.make(files, "ca", "ca.test").secret("members").replace("tls.crt", "ca.crt");
    }

    private void ingress(String namespace, int year, String spec, String metadata, String paths) throws Exception {
        Files.writeString(
                manifests.resolve(namespace + "-ingress.yaml"),
                document(namespace, namespace, year, spec, metadata, paths));
    }

    private static String document(
            String namespace, String name, int year, String spec, String metadata, String paths) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  namespace: %1$s
                  name: %2$s
                  creationTimestamp: "%3$d-01-01T00:00:00Z"
                  %5$s
                spec:
                  %4$s
                  rules:
                  - host: %6$s
                    http:
                      paths:
                %7$s""".formatted(namespace, name, year, spec, metadata, HOST, paths.replace("SERVICE", backend(namespace)));
    }

    private static String path(String path, String type) {
        return "      - {path: \"%s\", pathType: %s, backend: SERVICE}%n".formatted(path, type);
    }

    private static String backend(String service) {
        return "{service: {name: " + service + ", port: {number: 80}}}";
    }

    /** Objects in one namespace. */
    private void write(String namespace, String objects) throws Exception {
        var file = Files.createTempFile(manifests, namespace, ".yaml");
        Files.writeString(file, objects.replace("metadata: {name:", "metadata: {namespace: " + namespace + ", name:"));
    }

    private static String backend(Adit adit, String path) {
        return get(adit, HOST, path).header("X-Backend");
    }

    private static Response get(Adit adit, String host, String path) {
        return given().urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .header("Host", host)
                .get("http://127.0.0.1:" + adit.http() + path);
    }

    private static String management(Adit adit, String path) {
        return given().get("http://127.0.0.1:" + adit.management() + path).asString();
    }
}
