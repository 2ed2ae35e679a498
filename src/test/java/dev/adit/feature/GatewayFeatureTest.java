package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.Adit;
import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.Origin;
import dev.adit.testbed.RawOrigin;
import dev.adit.x509.SelfSigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gateways and their HTTPRoutes, from the manifests to the wire. */
class GatewayFeatureTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Own: 1\r\n\r\nok";
    private static final String LISTENERS = Adit.GATEWAY_CLASS + """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, creationTimestamp: "2026-02-01T00:00:00Z"}
            spec:
              gatewayClassName: adit
              listeners:
              - {name: http, port: 80, protocol: HTTP}
              - {name: https, port: 443, protocol: HTTPS, hostname: "*.shop.test", tls: {certificateRefs: [{name: shop}]}}
            """;

    @Test
    void a_listener_has_the_routes_that_are_attached_to_it_and_no_others() throws Exception {
        var upgrade =
                route("upgrade", "http", "{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}");
        var app = route("app", "https", "{backendRefs: [{name: web, port: 80}]}");
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(LISTENERS + secret() + upgrade + app + Adit.service("web", web.port()))) {
            var reply = adit.get("a.shop.test/x?y");
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.field("location")).isEqualTo("https://a.shop.test/x?y");
            assertThat(adit.getByTls("a.shop.test/").status()).isEqualTo(200);
            assertThat(adit.getByHttp2("deep.a.shop.test/").status()).isEqualTo(200);
            assertThat(adit.getByTls("elsewhere.test/").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({"/a, 200", "/a/b, 200", "/ab, 404", "/v12, 200", "/v12x, 404", "/q?k=v, 200", "/q?k=w, 404"})
    void a_request_is_taken_by_a_match_that_holds(String target, int status) throws Exception {
        var rule = "{matches: [{path: {value: /a}}, {path: {type: RegularExpression, value: '/v[0-9]+'}},"
                + " {path: {value: /q}, queryParams: [{name: k, value: v}]}], backendRefs: [{name: web, port: 80}]}";
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(LISTENERS + route("app", "http", rule) + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.shop.test" + target).status()).isEqualTo(status);
        }
    }

    @Test
    void of_two_rules_that_match_alike_the_first_one_takes_the_request() throws Exception {
        var rules = "{matches: [{path: {value: /a}}], backendRefs: [{name: web, port: 80}]},"
                + " {matches: [{path: {value: /a}}], backendRefs: [{name: missing, port: 80}]},"
                + " {matches: [{path: {value: /a/b}}], backendRefs: [{name: missing, port: 80}]}";
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(LISTENERS + route("app", "http", rules) + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.shop.test/a").status()).isEqualTo(200);
            assertThat(adit.get("a.shop.test/a/b").status()).isEqualTo(500);
        }
    }

    @Test
    void routes_that_name_one_host_share_it_and_of_equal_matches_the_older_routes_holds() throws Exception {
        var older = route("z-older", "http", "{matches: [{path: {value: /a}}], backendRefs: [{name: web, port: 80}]}")
                .replace("name: z-older", "name: z-older, creationTimestamp: '2026-01-01T00:00:00Z'");
        var younger = route(
                        "a-younger",
                        "http",
                        "{matches: [{path: {value: /a}}, {path: {value: /b}}], backendRefs: [{name: missing, port: 80}]}")
                .replace("name: a-younger", "name: a-younger, creationTimestamp: '2026-01-02T00:00:00Z'");
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(LISTENERS + younger + older + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.shop.test/a").status()).isEqualTo(200);
            assertThat(adit.get("a.shop.test/b").status()).isEqualTo(500);
        }
    }

    @Test
    void filters_change_what_the_backend_is_asked_and_what_the_client_gets() throws Exception {
        var rule = "{matches: [{path: {value: /old}}], backendRefs: [{name: web, port: 80}], filters: ["
                + "{type: URLRewrite, urlRewrite: {hostname: inner.test, path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}},"
                + "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Env, value: prod}]}},"
                + "{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [X-Own]}}]}";
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(LISTENERS + route("app", "http", rule) + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.shop.test/old/x").field("x-own")).isNull();
            assertThat(web.head())
                    .startsWith("GET /new/x HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: inner.test\r\n")
                    .containsIgnoringCase("\r\nx-env: prod\r\n");
        }
    }

    @Test
    void no_request_passes_without_a_filter_that_adit_does_not_serve() throws Exception {
        var rule = "{filters: [{type: ExtensionRef, extensionRef: {group: example.com, kind: Guard, name: g}}],"
                + " backendRefs: [{name: web, port: 80}]}";
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(LISTENERS + route("app", "http", rule) + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.shop.test/").status()).isEqualTo(500);
        }
    }

    @Test
    void a_listener_without_tls_takes_http_2_with_prior_knowledge_as_grpc_needs() throws Exception {
        var grpc = """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: GRPCRoute
                metadata: {name: rpc}
                spec:
                  parentRefs: [{name: edge, sectionName: http}]
                  rules: [{backendRefs: [{name: web, port: 80}]}]
                """;
        try (var web = Origin.named("web", EndpointVersion.H2C);
                var adit = Adit.serving(LISTENERS + grpc + Adit.service("web", web.port(), "kubernetes.io/h2c"));
                var ingresses = Adit.serving(Adit.ingress("") + Adit.service("web", web.port(), "kubernetes.io/h2c"))) {
            assertThat(adit.getByClearText("a.test/x").body())
                    .startsWith("web ")
                    .endsWith(" /x");
            assertThat(adit.get("a.test/x").status()).isEqualTo(200);
            assertThatThrownBy(() -> ingresses.getByClearText("a.test/x")).isNotNull();
        }
    }

    @Test
    void a_service_of_another_namespace_is_served_where_a_grant_permits_it() throws Exception {
        var rule = "{backendRefs: [{name: web, namespace: shop, port: 80}]}";
        var grant = """
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: web, namespace: shop}
                spec:
                  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}]
                  to: [{group: "", kind: Service, name: web}]
                """;
        try (var web = RawOrigin.answering(OK)) {
            var manifests = LISTENERS
                    + route("app", "http", rule)
                    + Adit.service("web", web.port()).replace("metadata: {", "metadata: {namespace: shop, ");
            try (var adit = Adit.serving(manifests)) {
                assertThat(adit.get("a.shop.test/").status()).isEqualTo(500);
            }
            try (var adit = Adit.serving(manifests + grant)) {
                assertThat(adit.get("a.shop.test/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void on_a_port_that_both_have_a_name_is_the_older_objects_and_else_the_more_specific_ones() throws Exception {
        var rule =
                "{filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: X-By, value: gateway}]}}],"
                        + " backendRefs: [{name: web, port: 80}]}";
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(LISTENERS
                        + route("app", "http", rule)
                        + ingress("a.shop.test", "2026-01-01")
                        + ingress("b.shop.test", "2026-03-01")
                        + ingress("c.other.test", "2026-03-01")
                        + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.shop.test/").field("x-by")).isNull();
            assertThat(adit.get("b.shop.test/").field("x-by")).isEqualTo("gateway");
            assertThat(adit.get("c.other.test/").status()).isEqualTo(200);
            assertThat(adit.get("nobody.test/").status()).isEqualTo(404);
        }
    }

    @Test
    void a_younger_ingress_brings_no_certificate_for_a_host_of_a_gateway() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = servingBoth("a.shop.test", "2026-03-01", web.port())) {
            assertThat(certificates(adit))
                    .contains("a.shop.test by default/shop", "*.shop.test by default/shop")
                    .doesNotContain("a.shop.test by default/other");
            assertThat(adit.getByTls("a.shop.test/").status()).isEqualTo(200);
        }
    }

    @Test
    void an_older_ingress_keeps_its_certificate() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = servingBoth("b.shop.test", "2026-01-01", web.port())) {
            assertThat(certificates(adit))
                    .contains("b.shop.test by default/other")
                    .doesNotContain("b.shop.test by default/shop");
        }
    }

    /** The Gateway, and an Ingress of that age that has a certificate of its own for the host. */
    private static Adit servingBoth(String host, String since, int port) throws Exception {
        return Adit.serving(LISTENERS
                + secret()
                + secret().replace("name: shop", "name: other")
                + route("app", "https", "{backendRefs: [{name: web, port: 80}]}")
                + ingress(host, since)
                + "  tls: [{hosts: [" + host + "], secretName: other}]\n"
                + Adit.service("web", port));
    }

    private static List<String> certificates(Adit adit) {
        return adit.translation().table().certificatesByName().stream()
                .flatMap(certificate ->
                        certificate.hosts().stream().map(host -> host.text() + " by " + certificate.secret()))
                .toList();
    }

    /** A wildcard of an Ingress is for one label. */
    @ParameterizedTest
    @CsvSource({"2026-01-01, x.shop.test, false", "2026-01-01, y.x.shop.test, true", "2026-03-01, x.shop.test, true"})
    void of_two_wildcards_with_one_suffix_the_older_has_the_names_with_one_label(
            String since, String host, boolean isOfGateway) throws Exception {
        var rule =
                "{filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: X-By, value: gateway}]}}],"
                        + " backendRefs: [{name: web, port: 80}]}";
        var manifests = LISTENERS.replace(
                        "{name: http, port: 80, protocol: HTTP}",
                        "{name: http, port: 80, protocol: HTTP, hostname: '*.shop.test'}")
                + route("app", "http", rule).replaceFirst("hostnames: .*\n", "\n")
                + ingress("wild", since).replace("host: wild", "host: '*.shop.test'");
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests + Adit.service("web", web.port()))) {
            assertThat(adit.get(host + "/").field("x-by")).isEqualTo(isOfGateway ? "gateway" : null);
            assertThat(adit.get(host + "/").status()).isEqualTo(200);
        }
    }

    private static String ingress(String host, String since) {
        return Adit.ingress("")
                .replace("apiVersion: networking", "---\napiVersion: networking")
                .replace("name: shop", "name: " + host + "\n  creationTimestamp: \"" + since + "T00:00:00Z\"")
                .replace("host: a.test", "host: " + host);
    }

    private static String route(String name, String listener, String rule) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: %s}
                spec:
                  parentRefs: [{name: edge, sectionName: %s}]
                  hostnames: [a.shop.test, b.shop.test, "*.a.shop.test"]
                  rules: [%s]
                """.formatted(name, listener, rule);
    }

    private static String secret() {
        return Adit.secret("shop", SelfSigned.generate("shop", "*.shop.test", Instant.now(), Duration.ofDays(1)));
    }
}
