package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of those who move from ingress-nginx. */
class MoveTest {
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: shop
              creationTimestamp: "2026-01-01T00:00:00Z"
              annotations: {nginx.ingress.kubernetes.io/temporal-redirect: "https://b.test/"}
            spec:
              ingressClassName: nginx
              rules:
                - host: a.test
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            """;

    @TempDir
    Path before;

    @TempDir
    Path after;

    @Test
    void migrate_says_how_ingresses_of_ingress_nginx_are_served() throws Exception {
        var file = Files.writeString(before.resolve("shop.yaml"), INGRESS);
        var exact = InspectTest.ask("migrate", file.toString());
        assertThat(exact.output())
                .isEqualTo("default/shop  exact\n"
                        + "1 Ingress: served as by ingress-nginx. Serve them with: adit serve --ingress-nginx\n");
        assertThat(exact.exitCode()).isZero();
        Files.writeString(
                file, INGRESS.replace("temporal-redirect: \"https://b.test/\"", "server-snippet: \"deny all;\""));
        var refused = InspectTest.ask("migrate", file.toString(), "-o", "json");
        assertThat(refused.output()).contains("\"verdict\" : \"refused\"");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(InspectTest.ask("migrate").output()).contains("give manifests, or --cluster");
    }

    @Test
    void compare_asks_both_and_says_where_they_differ() throws Exception {
        try (var backends = new Backends().service("web", 1)) {
            var ofClass = "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\n"
                    + "spec: {controller: k8s.io/ingress-nginx}\n---\n";
            var whole = ofClass + backends.manifests() + INGRESS;
            Files.writeString(before.resolve("shop.yaml"), whole);
            Files.writeString(after.resolve("shop.yaml"), whole.replace("https://b.test/", "https://c.test/"));
            try (var old = Adit.serving(before, "--ingress-nginx");
                    var other = Adit.serving(after, "--ingress-nginx")) {
                var compared = InspectTest.ask(
                        "compare",
                        "--old=127.0.0.1:" + old.http() + ":" + old.https(),
                        "--new=127.0.0.1:" + other.http() + ":" + other.https(),
                        "--rate=100",
                        before.toString());
                assertThat(compared.output())
                        .contains("GET http://a.test/\n  location: https://b.test/ -> https://c.test/\n")
                        .endsWith(" 0 answered alike, 4 otherwise, 0 by neither\n");
                assertThat(compared.exitCode()).isEqualTo(1);
            }
        }
    }
}
