package dev.adit.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.http.EncodedSlashes;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.files.ManifestSet;
import dev.adit.match.Generation;
import dev.adit.match.RouteIndex;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.text.RoutingReader;
import dev.adit.testbed.Adit;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainGatewaysTest {
    private static final String MANIFESTS = Adit.GATEWAY_CLASS + """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec:
              gatewayClassName: adit
              listeners:
              - {name: http, port: 80, protocol: HTTP}
              - {name: more, port: 8080, protocol: HTTP}
              - {name: broken, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: missing}]}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop}
            spec:
              parentRefs: [{name: edge, sectionName: %s}]
              hostnames: [shop.test]
              rules: [{matches: [{path: {value: /cart}}], backendRefs: [{name: web, port: 80}]}]
            """ + Adit.service("web", 8_080);

    private static String explain(String section, String url) throws Exception {
        var implied = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true);
        var snapshot =
                new ManifestSet().add("test.yaml", MANIFESTS.formatted(section)).snapshot(implied);
        var options = TranslationOptions.of(TranslationOptions.CLASS);
        return explain(
                new Assembler(options).translate(snapshot, Instant.now()), snapshot, Question.of("GET", url, Map.of()));
    }

    private static String explain(Translation translation, KubeSnapshot objects, Question question) {
        var table = translation.table();
        var generation = new Generation(1, table, RouteIndex.compile(table), translation.endpoints());
        var fallback = DefaultCertificate.generate(Instant.now());
        var explainer = new Explainer(
                generation,
                translation,
                port -> new CertificateTable(table, port, fallback),
                EncodedSlashes.PASS,
                objects,
                _ -> List.of());
        return ExplanationText.of(explainer.explain(question)).toString();
    }

    @Test
    void the_rule_is_named_with_the_kind_of_its_route() throws Exception {
        assertThat(explain("http", "http://shop.test/cart"))
                .contains("listener    http\n", "rule        HTTPRoute default/shop spec.rules[0]: Prefix /cart\n");
        assertThat(explain("http", "http://shop.test/"))
                .contains("answer      404", "not         HTTPRoute default/shop spec.rules[0]");
    }

    @Test
    void the_port_of_the_url_says_which_listeners_are_asked() throws Exception {
        assertThat(explain("more", "http://shop.test:8080/cart"))
                .contains("listener    http, port 8080 of Gateways\n", "service     default/web:80");
        assertThat(explain("more", "http://shop.test/cart")).contains("listener    http\n", "answer      404");
        assertThat(explain("http", "http://shop.test:8080/cart"))
                .contains("listener    http, port 8080 of Gateways\n", "answer      404");
    }

    @Test
    void what_is_wrong_with_a_route_or_its_gateway_is_said_where_the_route_names_the_host() throws Exception {
        assertThat(explain("none", "http://shop.test/cart"))
                .contains("answer      404", "HTTPRoute default/shop: RouteNotAttached", "correct sectionName or port");
        assertThat(explain("broken", "https://shop.test/cart"))
                .contains("Gateway default/edge: ReferenceUnresolved", "Secret default/missing");
        assertThat(explain("none", "http://other.test/cart")).doesNotContain("HTTPRoute");
    }

    @Test
    void a_gateway_that_is_asked_has_a_listener_with_that_port_or_it_is_said() throws Exception {
        var implied = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true);
        var snapshot =
                new ManifestSet().add("test.yaml", MANIFESTS.formatted("more")).snapshot(implied);
        var translation =
                new Assembler(TranslationOptions.of(TranslationOptions.CLASS)).translate(snapshot, Instant.now());
        var question = Question.of("GET", "http://shop.test:8080/cart", Map.of());
        assertThat(explain(translation, snapshot, question.at("default/edge"))).contains("service     default/web:80");
        assertThat(explain(translation, snapshot, question.at("default/other")))
                .contains("Gateway default/other does not exist");
        var elsewhere = Question.of("GET", "http://shop.test:81/cart", Map.of()).at("default/edge");
        assertThat(explain(translation, snapshot, elsewhere))
                .contains("Gateway default/edge has no listener with port 81");
        assertThatThrownBy(() -> question.at("edge")).hasMessageContaining("write it as namespace/name");
    }

    @Test
    void of_several_gateways_with_one_host_and_port_each_can_be_asked() throws Exception {
        var read = RoutingReader.read("""
                host shop.test on port 80 at 20000 for default/one
                  Prefix / -> default/web:80   # HTTPRoute default/one spec.rules[0]
                host shop.test on port 80 at 20001 for default/two
                  Prefix / -> default/web:80   # HTTPRoute default/two spec.rules[0]
                """);
        var translation = translation(read.table());
        var question = Question.of("GET", "http://shop.test/", Map.of());
        assertThat(explain(translation, KubeSnapshot.EMPTY, question))
                .contains(
                        "listener    http, port 80 of Gateway default/one\n",
                        "also at Gateway default/two: ask with --gateway default/two\n",
                        "HTTPRoute default/one");
        var two = new ManifestSet()
                .add("test.yaml", MANIFESTS.formatted("http").replace("name: edge", "name: two"))
                .snapshot(IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true));
        assertThat(explain(translation, two, question.at("default/two")))
                .contains("listener    http, port 80 of Gateway default/two\n", "HTTPRoute default/two")
                .doesNotContain("also at");
    }

    private static Translation translation(RoutingTable table) {
        var empty = Translation.EMPTY;
        return new Translation(
                table, empty.endpoints(), empty.ingresses(), empty.defaultRoute(), empty.statuses(), empty.problems());
    }
}
