package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.adit.control.incremental.LastGoodIngresses;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.files.ManifestSet;
import dev.adit.match.RouteIndex;
import dev.adit.match.RoutingRequest;
import dev.adit.routing.Route;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Origin;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignAnnotationsFeatureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx.ingress.kubernetes.io/auth-url: \"http://auth.test/\"",
                "nginx.ingress.kubernetes.io/auth-tls-secret: default/ca",
                "nginx.ingress.kubernetes.io/whitelist-source-range: \"\"",
                "nginx.ingress.kubernetes.io/allowlist-source-range: 10.0.0.0/8",
                "nginx.ingress.kubernetes.io/server-snippet: \"location /admin { deny all; }\"",
                "traefik.ingress.kubernetes.io/router.middlewares: default-auth@kubernetescrd",
                "haproxy.org/auth-type: basic-auth",
                "haproxy-ingress.github.io/auth-url: \"http://auth.test/\"",
                "nginx.org/policies: office",
                "nginx.com/jwt-key: keys",
                "nginx.ingress.kubernetes.io/denylist-source-range: \"0.0.0.0/0, ::/0\"",
                "haproxy.org/deny-list: \"0.0.0.0/0,::/0\"",
                "nginx.ingress.kubernetes.io/configuration-snippet: \"access_by_lua_block { ngx.exit(403) }\"",
                "nginx.ingress.kubernetes.io/configuration-snippet: \"if ($x) { return 403; }\"",
                "haproxy-ingress.github.io/config-backend: \"http-request deny if { path /a }\""
            })
    void an_ingress_that_another_controller_would_guard_is_closed(String annotation) throws Exception {
        try (var web = Origin.named("web");
                var adit = Adit.serving(Adit.ingress(annotation) + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.test/x").status()).isEqualTo(503);
            assertThat(adit.getByHttp2("a.test/x").status()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx.ingress.kubernetes.io/proxy-body-size: 8m",
                "nginx.ingress.kubernetes.io/whitelist-source-range: \"0.0.0.0/0, ::/0\"",
                "nginx.ingress.kubernetes.io/configuration-snippet: \"more_set_headers 'X-Auth: deny';\"",
                "traefik.ingress.kubernetes.io/router.entrypoints: web"
            })
    void one_that_keeps_nobody_out_is_served(String annotation) throws Exception {
        try (var web = Origin.named("web");
                var adit = Adit.serving(Adit.ingress(annotation) + Adit.service("web", web.port()))) {
            assertThat(adit.get("a.test/x").body()).startsWith("web ");
        }
    }

    @Test
    void a_closed_ingress_sends_no_copy_of_a_request() {
        var yaml = Adit.ingress("adit.dev/mirror: \"web:80\", nginx.ingress.kubernetes.io/auth-url: \"http://a/\"");
        var implied = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true);
        var snapshot = new ManifestSet()
                .add("test.yaml", yaml + Adit.service("web", 80))
                .snapshot(implied);
        var assembler = new Assembler(TranslationOptions.of(TranslationOptions.CLASS));
        var route = RouteIndex.compile(
                        assembler.translate(snapshot, Instant.EPOCH).table())
                .match(RoutingRequest.of("a.test", "/"));
        assertThat(route.policies()).isEmpty();
    }

    @Test
    void a_long_snippet_is_read_in_a_time_of_its_length() {
        var yaml = Adit.ingress("nginx.ingress.kubernetes.io/configuration-snippet: \"" + "\\n".repeat(500_000) + "\"");
        var implied = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true);
        var snapshot = new ManifestSet()
                .add("test.yaml", yaml + Adit.service("web", 80))
                .snapshot(implied);
        var assembler = new Assembler(TranslationOptions.of(TranslationOptions.CLASS));
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assembler.translate(snapshot, Instant.EPOCH));
    }

    @Test
    void a_version_that_was_open_does_not_stay_in_force() {
        var assembler = new Assembler(TranslationOptions.of(TranslationOptions.CLASS));
        var last = new LastGoodIngresses(assembler::restrictsAccess);
        last.translate(snapshot(""), one -> assembler.translate(one, Instant.EPOCH));
        var edited = snapshot("nginx.ingress.kubernetes.io/auth-url: \"http://auth.test/\", adit.dev/hsts: never");
        var table = last.translate(edited, one -> assembler.translate(one, Instant.EPOCH))
                .table();
        var route = RouteIndex.compile(table).match(RoutingRequest.of("a.test", "/x"));
        assertThat(route).isNotNull();
        assertThat(route.action()).isInstanceOf(Route.Action.Answer.class);
    }

    private static KubeSnapshot snapshot(String annotations) {
        var implied = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true);
        return new ManifestSet()
                .add("test.yaml", Adit.ingress(annotations) + Adit.service("web", 80))
                .snapshot(implied);
    }
}
