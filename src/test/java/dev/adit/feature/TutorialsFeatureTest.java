package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.cli.options.TranslationArguments;
import dev.adit.testbed.Adit;
import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.Origin;
import dev.adit.translate.TranslationOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Ingresses as tutorials have them, which many clusters began with. */
class TutorialsFeatureTest {
    /** Of the tutorial of AKS: no host, every path an expression, one class by the field and one by the annotation. */
    private static final String AKS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: hello-world-ingress
              annotations:
                nginx.ingress.kubernetes.io/ssl-redirect: "false"
                nginx.ingress.kubernetes.io/use-regex: "true"
                nginx.ingress.kubernetes.io/rewrite-target: /$2
            spec:
              ingressClassName: nginx
              rules:
                - http:
                    paths:
                      - path: /hello-world-one(/|$)(.*)
                        pathType: Prefix
                        backend: {service: {name: one, port: {number: 80}}}
                      - path: /hello-world-two(/|$)(.*)
                        pathType: Prefix
                        backend: {service: {name: two, port: {number: 80}}}
                      - path: /(.*)
                        pathType: Prefix
                        backend: {service: {name: one, port: {number: 80}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: hello-world-ingress-static
              annotations:
                kubernetes.io/ingress.class: nginx
                nginx.ingress.kubernetes.io/ssl-redirect: "false"
                nginx.ingress.kubernetes.io/rewrite-target: /static/$2
            spec:
              rules:
                - http:
                    paths:
                      - path: /static(/|$)(.*)
                        pathType: Prefix
                        backend: {service: {name: one, port: {number: 80}}}
            """;

    @ParameterizedTest
    @CsvSource({
        "/, one, /",
        "/hello-world-one, one, /",
        "/hello-world-two, two, /",
        "/hello-world-two/a, two, /a",
        "/static/x.css, one, /static/x.css",
        "/STATIC/x, one, /static/x",
        "/anything/else, one, /"
    })
    void those_of_aks(String asked, String service, String path) throws Exception {
        try (var one = Origin.named("one");
                var two = Origin.named("two");
                var adit = Adit.serving(
                        IngressNginx.CLASS + AKS + Adit.service("one", one.port()) + Adit.service("two", two.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("20.0.0.1" + asked).body())
                    .startsWith(service + " ")
                    .endsWith(" " + path);
        }
    }

    @Test
    void one_of_kubernetes_in_action_keeps_sessions_by_a_cookie() throws Exception {
        var annotations = "affinity: cookie, {}session-cookie-name: SESSION_COOKIE";
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(adit.get("a.test/").field("set-cookie")).startsWith("SESSION_COOKIE=");
        }
    }

    @Test
    void one_of_kubernetes_in_action_passes_tls_to_the_pods() throws Exception {
        var ingress = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: kiada
                  annotations:
                    nginx.ingress.kubernetes.io/backend-protocol: "HTTPS"
                    nginx.ingress.kubernetes.io/ssl-redirect: "true"
                    nginx.ingress.kubernetes.io/ssl-passthrough: "true"
                spec:
                  ingressClassName: nginx
                  tls: [{hosts: [kiada.example.com]}]
                  rules:
                    - host: kiada.example.com
                      http:
                        paths:
                          - {path: /, pathType: Prefix, backend: {service: {name: kiada, port: {number: 80}}}}
                """;
        try (var kiada = Origin.named("kiada", EndpointVersion.HTTP1_TLS);
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress + Adit.service("kiada", kiada.port()), IngressNginx.options())) {
            assertThat(adit.getByTls("kiada.example.com/x").body())
                    .startsWith("kiada ")
                    .endsWith(" /x");
            assertThat(adit.get("kiada.example.com/x").field("location")).isEqualTo("https://kiada.example.com/x");
        }
    }

    /** With {@code --ingress-class=istio}, since it names its class by the annotation. */
    @ParameterizedTest
    @CsvSource({
        "/productpage, 200",
        "/productpage/x, 404",
        "/static/a.css, 200",
        "/login, 200",
        "/logout, 200",
        "/api/v1/products/1, 200",
        "/api/v1/productsx, 404",
        "/, 404"
    })
    void that_of_bookinfo(String asked, int status) throws Exception {
        var paths = new StringBuilder();
        for (var path : new String[] {
            "/productpage Exact", "/static/ Prefix", "/login Exact", "/logout Exact", "/api/v1/products Prefix"
        }) {
            var blank = path.indexOf(' ');
            paths.append("""
                              - {path: %s, pathType: %s, backend: {service: {name: productpage, port: {number: 80}}}}
                    """.formatted(path.substring(0, blank), path.substring(blank + 1)));
        }
        var ingress = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: gateway, annotations: {kubernetes.io/ingress.class: istio}}
                spec:
                  rules:
                    - http:
                        paths:
                """ + paths;
        try (var page = Origin.named("productpage");
                var adit = Adit.serving(ingress + Adit.service("productpage", page.port()), ofIstio())) {
            assertThat(adit.get("bookinfo.test" + asked).status()).isEqualTo(status);
        }
    }

    private static TranslationOptions ofIstio() {
        var arguments = new TranslationArguments();
        new CommandLine(arguments).parseArgs("--ingress-class=istio");
        return arguments.options(TranslationOptions.NAMESPACE, TranslationOptions.MAX_TARGET);
    }
}
