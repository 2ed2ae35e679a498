package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.ObjectKey;
import dev.adit.testbed.Adit;
import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.Origin;
import dev.adit.translate.DefaultBackend;
import dev.adit.translate.GatewayPorts;
import dev.adit.translate.Placement;
import dev.adit.translate.StreamServices;
import dev.adit.translate.TranslationOptions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an Ingress can ask for, from its manifest to the wire. */
class IngressFeatureTest {
    private Origin web;

    @BeforeEach
    void open() throws Exception {
        web = Origin.named("web");
    }

    @AfterEach
    void close() throws Exception {
        web.close();
    }

    @Test
    void a_host_and_a_path_lead_to_an_endpoint_of_the_service() throws Exception {
        try (var adit = Adit.serving(Adit.ingress("") + Adit.service("web", web.port()))) {
            assertThat(adit.translation().problems()).isEmpty();
            assertThat(adit.get("a.test/x?y").body()).isEqualTo("web HTTP_1_1 GET a.test /x?y");
            assertThat(adit.getByTls("a.test/x").body()).isEqualTo("web HTTP_1_1 GET a.test /x");
            assertThat(adit.getByHttp2("a.test/x").body()).isEqualTo("web HTTP_1_1 GET a.test /x");
            assertThat(adit.get("b.test/x").status()).isEqualTo(404);
        }
    }

    @Test
    void https_redirect_sends_plain_requests_to_the_same_url_with_tls() throws Exception {
        var yaml = Adit.ingress("adit.dev/ssl-redirect: \"true\"") + Adit.service("web", web.port());
        try (var adit = Adit.serving(yaml)) {
            var plain = adit.get("a.test/x?y=1");
            assertThat(plain.status()).isEqualTo(308);
            assertThat(plain.field("location")).isEqualTo("https://a.test/x?y=1");
            assertThat(adit.getByTls("a.test/x").status()).isEqualTo(200);
            assertThat(adit.getByHttp2("a.test/x").status()).isEqualTo(200);
        }
    }

    @Test
    void hsts_is_set_on_responses_over_tls_and_on_no_others() throws Exception {
        var yaml = Adit.ingress("adit.dev/hsts: \"31536000; includeSubDomains\"") + Adit.service("web", web.port());
        try (var adit = Adit.serving(yaml)) {
            var value = "max-age=31536000; includeSubDomains";
            assertThat(adit.getByTls("a.test/").field("strict-transport-security"))
                    .isEqualTo(value);
            assertThat(adit.getByHttp2("a.test/").field("strict-transport-security"))
                    .isEqualTo(value);
            assertThat(adit.get("a.test/").field("strict-transport-security")).isNull();
        }
    }

    @Test
    void the_default_backend_of_an_ingress_gets_what_none_of_its_rules_takes() throws Exception {
        var yaml = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: shop}
                spec:
                  defaultBackend: {service: {name: rest, port: {number: 80}}}
                  rules:
                    - host: a.test
                      http:
                        paths: [{path: /x, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
                """;
        try (var rest = Origin.named("rest");
                var adit = Adit.serving(yaml + Adit.service("web", web.port()) + Adit.service("rest", rest.port()))) {
            assertThat(adit.get("a.test/x").body()).startsWith("web ");
            assertThat(adit.get("a.test/other").body()).startsWith("rest ");
        }
    }

    @Test
    void the_default_backend_of_the_controller_gets_what_no_ingress_takes() throws Exception {
        var service = new DefaultBackend(ObjectKey.parse("default/rest"), Optional.of(80));
        var options = new TranslationOptions(
                TranslationOptions.CLASS,
                Optional.of(service),
                false,
                Placement.UNKNOWN,
                TranslationOptions.NAMESPACE,
                false,
                TranslationOptions.MAX_TARGET,
                false,
                TranslationOptions.IngressNginx.NONE,
                Optional.empty(),
                GatewayPorts.SHARED,
                StreamServices.NONE);
        try (var rest = Origin.named("rest");
                var adit = Adit.serving(
                        Adit.ingress("") + Adit.service("web", web.port()) + Adit.service("rest", rest.port()),
                        options)) {
            assertThat(adit.get("a.test/x").body()).startsWith("web ");
            assertThat(adit.get("b.test/x").body()).startsWith("rest ");
            assertThat(adit.getByHttp2("b.test/x").body()).startsWith("rest ");
        }
    }

    @Test
    void an_endpoint_whose_app_protocol_is_h2c_gets_http_2_whatever_the_client_speaks() throws Exception {
        try (var rpc = Origin.named("rpc", EndpointVersion.H2C);
                var adit = Adit.serving(Adit.ingress("") + Adit.service("web", rpc.port(), "kubernetes.io/h2c"))) {
            assertThat(adit.get("a.test/x").body()).isEqualTo("rpc HTTP_2 GET a.test /x");
            assertThat(adit.getByHttp2("a.test/x").body()).isEqualTo("rpc HTTP_2 GET a.test /x");
        }
    }
}
