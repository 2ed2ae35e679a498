package dev.adit.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.files.ManifestSet;
import dev.adit.routing.text.RoutingText;
import dev.adit.testbed.Adit;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import dev.adit.x509.SelfSigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is printed is read again, and means the same. */
class GatewayObjectsTest {
    private static final TranslationOptions OPTIONS =
            TranslationOptions.of(TranslationOptions.CLASS).servingIngressNginx(Optional.empty());
    private static final String NGINX = "nginx.ingress.kubernetes.io/";

    private static String ingress(String name, String annotations, String spec) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %s, namespace: default, annotations: {%s}}
                spec:
                  ingressClassName: nginx
                %s
                """.formatted(name, annotations, spec.indent(2));
    }

    private static String rule(String host, String path, String type, String service) {
        return "rules:\n- host: " + host + "\n  http: {paths: [{path: '" + path + "', pathType: " + type
                + ", backend: {service: {name: " + service + ", port: {number: 80}}}}]}";
    }

    private static Translation translate(String yaml) {
        var snapshot = new ManifestSet().add("test.yaml", yaml).snapshot(OPTIONS.impliedClass());
        return new Assembler(OPTIONS).translate(snapshot, Instant.now());
    }

    private static GatewayObjects objects(String ingresses) {
        return new GatewayObjects(translate(ingresses + services()), "adit");
    }

    private static String services() {
        return Adit.service("web", 8_080) + Adit.service("next", 8_081);
    }

    /** The routes of what is printed, without their hosts' ports and origins. */
    private static List<String> routes(GatewayObjects written) {
        var yaml = Adit.GATEWAY_CLASS + String.join("\n", written.lines()) + "\n" + services();
        var translation = translate(yaml);
        assertThat(translation.problems().stream()
                        .filter(problem -> problem.kind().equals("File"))
                        .toList())
                .isEmpty();
        return RoutingText.of(translation.table(), translation.endpoints())
                .toString()
                .lines()
                .map(line -> line.replaceAll(" {3}# .*", "").strip())
                .filter(line -> line.contains(" -> ") || line.startsWith("host "))
                .toList();
    }

    @Test
    void paths_become_matches_and_what_is_below_a_path_is_rewritten_as_a_prefix() {
        var written = objects(ingress("shop", "", rule("a.test", "/shop", "Prefix", "web"))
                + ingress(
                        "api",
                        "'" + NGINX + "rewrite-target': '/$2'",
                        rule("b.test", "/api(/|$)(.*)", "ImplementationSpecific", "next")));
        assertThat(written.lines().stream().collect(Collectors.joining("\n")))
                .contains("{type: ReplacePrefixMatch, replacePrefixMatch: /}", "hostnames: [b.test]");
        assertThat(routes(written))
                .anySatisfy(route -> assertThat(route).startsWith("Prefix /shop -> default/web:80"))
                .anySatisfy(route -> assertThat(route)
                        .startsWith("Prefix /api -> default/next:80")
                        .contains("rewrite prefix /"));
    }

    @Test
    void what_keeps_clients_out_is_closed_until_somebody_has_seen_to_it() {
        var written = objects(ingress(
                "admin",
                "'" + NGINX + "whitelist-source-range': '10.0.0.0/8'",
                rule("a.test", "/admin", "Prefix", "web")));
        assertThat(written.notes()).isPositive();
        assertThat(written.lines())
                .anySatisfy(line ->
                        assertThat(line).startsWith("# x-adit: closed (500)").contains("AccessList"));
        assertThat(routes(written))
                .anySatisfy(route -> assertThat(route).startsWith("Prefix /admin -> 500"))
                .noneSatisfy(route -> assertThat(route).startsWith("Prefix /admin -> default/web"));
    }

    @Test
    void an_endpoint_that_has_to_prove_who_it_is_gets_nothing_until_a_policy_has_it_verified() {
        var authority = Adit.secret("trusted", SelfSigned.generate("web", "web", Instant.now(), Duration.ofDays(1)))
                .replace("type: kubernetes.io/tls", "type: Opaque")
                .replaceAll("tls.crt: ([^,]*), tls.key: [^}]*", "ca.crt: $1");
        var annotations = "'" + NGINX + "backend-protocol': HTTPS, '" + NGINX + "proxy-ssl-secret': default/trusted, '"
                + NGINX + "proxy-ssl-verify': 'on'";
        var written = objects(ingress("shop", annotations, rule("a.test", "/", "Prefix", "web")) + authority);
        assertThat(written.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("# x-adit: closed (500) until a BackendTLSPolicy has Service web verified")
                        .contains("by the ca.crt of Secret default/trusted"));
        assertThat(routes(written))
                .anySatisfy(route -> assertThat(route).startsWith("Prefix / -> 500"))
                .noneSatisfy(route -> assertThat(route).startsWith("Prefix / -> default/web"));
    }

    @Test
    void what_is_for_tls_alone_has_a_listener_and_a_redirect() {
        var written = objects(ingress(
                "shop", "", rule("a.test", "/", "Prefix", "web") + "\ntls: [{hosts: [a.test], secretName: own}]"));
        assertThat(String.join("\n", written.lines()))
                .contains("sectionName: https-1", "sectionName: http", "scheme: https", "statusCode: 308");
        assertThat(routes(written)).anySatisfy(route -> assertThat(route).contains("redirect 308 scheme https"));
    }

    @Test
    void a_canary_is_a_share() {
        var written = objects(ingress("main", "", rule("a.test", "/", "Prefix", "web"))
                + ingress(
                        "canary",
                        "'" + NGINX + "canary': 'true', '" + NGINX + "canary-weight': '20'",
                        rule("a.test", "/", "Prefix", "next")));
        assertThat(routes(written))
                .anySatisfy(route -> assertThat(route).contains("80 of default/web:80", "20 of default/next:80"));
    }
}
