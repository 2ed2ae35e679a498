package dev.adit.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.ObjectKey;
import dev.adit.kube.files.ManifestSet;
import dev.adit.migrate.MigrationReport.Verdict;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code adit migrate} says of the Ingresses of ingress-nginx. */
class MigrationTest {
    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {ports: [{port: 80}]}
            """;

    private static String ingress(String name, String annotations) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: %1$s
                  namespace: shop
                  annotations: {%2$s}
                spec:
                  ingressClassName: nginx
                  rules: [{host: %1$s.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
                """.formatted(name, annotations.replace("{}", "nginx.ingress.kubernetes.io/"));
    }

    private static MigrationReport report(String yaml, Optional<ObjectKey> configMap) {
        var options = TranslationOptions.of("adit").servingIngressNginx(configMap);
        var snapshot = new ManifestSet().add("test", yaml).snapshot(options.impliedClass());
        var translation = new Assembler(options).translate(snapshot, Instant.EPOCH);
        return new Migration(snapshot, options, translation).report();
    }

    private static String text(String annotations) {
        return String.join("\n", MigrationText.of(report(ingress("a", annotations) + SERVICE, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}rewrite-target: /$1 | exact",
                "{}proxy-buffering: \"on\" | exact",
                "{}proxy-body-size: much | exact",
                "{}no-such-thing: x | exact",
                "{}service-upstream: \"true\" | exact",
                "{}proxy-http-version: \"1.0\" | differs",
                "{}mirror-target: http://web.shop$request_uri | differs",
                "{}mirror-target: http://web.other$request_uri | differs",
                "{}auth-tls-secret: shop/none | differs",
                "{}configuration-snippet: deny all; | refused",
                "{}enable-modsecurity: \"true\" | refused",
                "{}enable-modsecurity: \"false\" | exact",
                "{}auth-typ: basic | refused",
                "{}whitelist-source-range: nowhere | refused",
                "{}rewrite-target: /$service_name/$1 | differs",
                "{}rewrite-target: 'https://b.test/$1' | exact",
                "{}upstream-vhost: $service_name.$namespace.svc | exact",
                "{}upstream-vhost: $service_names | differs",
                "{}upstream-vhost: $host | exact",
                "{}upstream-hash-by: $jwt_claim_sub | differs",
                "{}backend-protocol: AUTO_HTTP | differs",
                "{}backend-protocol: HTTPS | exact",
                "{}server-alias: '*.b.test' | exact",
                "{}server-alias: '~^b.*' | differs",
                "{}ssl-passthrough: \"true\" | differs",
                "{}ssl-passthrough: \"true\", {}whitelist-source-range: 10.0.0.0/8 | refused"
            })
    void an_ingress_is_served_exactly_otherwise_or_not_at_all(String annotations, String verdict) {
        assertThat(text(annotations)).startsWith("shop/a  " + verdict + "\n");
    }

    @Test
    void a_snippet_that_only_edits_fields_is_told_as_annotations_which_are_served() {
        var snippet = "{}configuration-snippet: \"more_set_headers \\\"X-Frame-Options: DENY\\\";\\n"
                + "proxy_set_header X-Team blue; # for us\\nadd_header Vary Origin always;\"";
        assertThat(text(snippet)).contains("""
                  refused configuration-snippet: write this in its place:
                            adit.dev/request-headers: |-
                              X-Team: blue
                            adit.dev/response-headers: |-
                              X-Frame-Options: DENY
                              +Vary: Origin
                """);
        assertThat(
                        text(
                                "adit.dev/request-headers: \"X-Team: blue\", adit.dev/response-headers: \"X-Frame-Options: DENY\""))
                .startsWith("shop/a  exact\n1 Ingress: served as by ingress-nginx. ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return 301 https://b.test/; | permanent-redirect: https://b.test/",
                "return 307 https://b.test/; | temporal-redirect: https://b.test/",
                "return 307 https://b.test/; | temporal-redirect-code: \"307\"",
                "return 308 'https://b.test/'; | permanent-redirect-code: \"308\""
            })
    void so_is_one_that_only_redirects(String snippet, String annotation) {
        assertThat(text("{}configuration-snippet: \"" + snippet + "\""))
                .contains("nginx.ingress.kubernetes.io/" + annotation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "if ($http_x) { return 403; }",
                "more_set_headers 'X-Time: $msec';",
                "return 403;",
                "add_header 'X Y' z;",
                "access_by_lua_block { }",
                "return 308 https://b.test$request_uri;",
                "return 303 https://b.test/;",
                "more_clear_headers -s 404 X-Foo;",
                "more_set_headers 'X: a'; more_clear_headers x;",
                "proxy_set_header X-Request-ID a;",
                "proxy_set_header X-T a; proxy_set_header x-t b;",
                "return 302 https://b.test/?y={z};",
                "add_header X-Frame-Options DENY;",
                "proxy_set_header Host b.test;",
                "proxy_set_header Connection upgrade;",
                "more_set_headers 'Content-Length: 0';",
                "more_set_headers 'X-A : b';",
                "more_set_headers '-X-A: b';",
                "proxy_set_header X-T a; proxy_set_header X-T b;",
                "more_set_headers \"a\\\\tb: c\";",
                "more_set_headers 'X-A: b'",
                "# nothing"
            })
    void what_does_anything_else_is_not_taken_for_one(String snippet) {
        assertThat(Snippet.read(snippet)).isEmpty();
    }

    @Test
    void a_snippet_may_have_semicolons_in_quotes_and_comments_where_words_begin() {
        assertThat(Snippet.read("more_set_headers \"Strict-Transport-Security: max-age=1; includeSubDomains\"; # so\n"
                        + "add_header X-Color a#b always;\nmore_clear_headers Server;"))
                .hasValueSatisfying(
                        snippet -> assertThat(snippet.annotations())
                                .containsExactly(
                                        "adit.dev/response-headers: |-\n"
                                                + "  Strict-Transport-Security: max-age=1; includeSubDomains\n  +X-Color: a#b\n  -Server"));
    }

    @Test
    void a_snippet_for_a_whole_server_is_not_told_as_annotations_of_one_ingress() {
        assertThat(text("{}server-snippet: \"more_set_headers 'X-A: b';\"")).doesNotContain("in its place");
    }

    @Test
    void where_the_config_map_closes_all_no_ingress_is_exact() {
        var settings = """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: edge}
                data: {server-snippet: "deny all;", hsts-max-age: 503x}
                """;
        var report = report(ingress("a", "") + SERVICE + settings, Optional.of(new ObjectKey("edge", "settings")));
        assertThat(report.ingresses().getFirst().verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(MigrationText.of(report)).anyMatch(line -> line.startsWith("  differs data[hsts-max-age]: "));
    }

    @Test
    void what_is_no_object_is_told_and_so_is_an_ingress_without_a_class() {
        var broken = ingress("a", "").replace("rules: [", "rules: 5 #");
        assertThat(report(broken, Optional.empty()).verdict()).isEqualTo(Verdict.REFUSED);
        var without = report(
                ingress("a", "")
                        .replace(
                                "ingressClassName: nginx",
                                "defaultBackend: {service: {name: web, port: {number: 80}}}"),
                Optional.empty());
        assertThat(without.ingresses()).isEmpty();
        assertThat(without.others().getFirst().text()).contains("--watch-ingress-without-class");
    }

    @Test
    void where_ingress_nginx_let_everybody_in_by_mistake_it_is_said() {
        assertThat(text("{}auth-url: \"\""))
                .contains("  open    auth-url: ingress-nginx let everybody in with this value; look who was\n");
        assertThat(text("{}auth-url: \"http://auth.test/\"")).doesNotContain("  open ");
    }

    @Test
    void a_name_that_is_not_known_is_told_with_the_one_that_was_meant() {
        assertThat(text("{}proxy-bodysize: 8m"))
                .contains("  note    proxy-bodysize: ", "did you mean proxy-body-size?");
    }

    @Test
    void the_config_map_is_looked_at_too_and_the_last_line_says_how_to_start() {
        var configMap = """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: edge}
                data: {worker-processes: "2", use-forwarded-headers: "true", server-snippet: "deny all;", hsts: "false"}
                """;
        var report = report(ingress("a", "") + SERVICE + configMap, Optional.of(new ObjectKey("edge", "settings")));
        assertThat(MigrationText.of(report))
                .anyMatch(line -> line.startsWith("  refused data[server-snippet]: "))
                .anyMatch(line -> line.startsWith("  differs data[use-forwarded-headers]: "))
                .contains("  note    data[worker-processes]: has no meaning for Adit")
                .last()
                .asString()
                .endsWith("Serve them with: adit serve --ingress-nginx --configmap=edge/settings");
        assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void services_that_are_not_among_the_manifests_at_all_are_not_missed() {
        var report = report(ingress("a", ""), Optional.empty());
        assertThat(report.ingresses().getFirst().findings()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.EXACT);
    }

    @Test
    void an_ingress_of_another_class_is_told_apart() {
        var other = ingress("b", "").replace("ingressClassName: nginx", "ingressClassName: internal");
        var lines = MigrationText.of(report(ingress("a", "") + other + SERVICE, Optional.empty()));
        assertThat(lines)
                .contains("Not served")
                .anyMatch(line -> line.contains("Ingress shop/b spec.ingressClassName: "));
    }

    @Test
    void for_programs_the_report_is_json() {
        var json = MigrationJson.of(report(ingress("a", "{}server-snippet: x;") + SERVICE, Optional.empty()));
        assertThat(json.path("verdict").asText()).isEqualTo("refused");
        assertThat(json.at("/ingresses/0/findings/0/kind").asText()).isEqualTo("REFUSED");
    }
}
