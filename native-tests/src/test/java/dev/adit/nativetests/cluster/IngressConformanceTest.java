package dev.adit.nativetests.cluster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.TlsClient;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The 25 scenarios of the Kubernetes ingress conformance list; that of foreign classes is in {@link ClusterTest} too. */
@ResourceLock("cluster")
class IngressConformanceTest {
    @TempDir
    static Path manifests;

    private static Backends backends;
    private static Adit adit;

    @BeforeAll
    static void serve() throws Exception {
        backends = new Backends().service("pods", 10);
        for (var name : new String[] {
            "fallback",
            "exact-host",
            "wildcard-host",
            "exact-foo",
            "exact-foo-slash",
            "prefix-foo",
            "aaa",
            "aaa-bbb",
            "exact-over",
            "prefix-over",
            "slashed",
            "foreign"
        }) {
            backends.service(name, 1);
        }
        Files.writeString(manifests.resolve("services.yaml"), backends.manifests());
        var certificate = Certificates.make(Files.createTempDirectory("adit-tls-"), "foo", "foo.bar.com");
        Files.writeString(manifests.resolve("secret.yaml"), certificate.secret("conformance-tls"));
        Files.writeString(manifests.resolve("rules.yaml"), RULES);
        adit = Adit.serving(manifests);
    }

    @AfterAll
    static void stop() throws Exception {
        adit.close();
        backends.close();
    }

    @DisplayName("default backend: any method and any host without a rule")
    @ParameterizedTest
    @CsvSource({"GET,my-host", "POST,my-host", "PUT,my-host", "PATCH,my-host", "DELETE,my-host", "GET,other.test"})
    void default_backend(String method, String host) {
        var response = given().header("Host", host).when().request(method, url("/"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("X-Backend")).isEqualTo("fallback-1");
        assertThat(response.asString()).startsWith(method + " /\nhost " + host);
    }

    @Test
    @DisplayName("host rules: the TLS certificate is chosen by server name")
    void host_rules_tls() throws Exception {
        var answer = TlsClient.get("127.0.0.1", adit.https(), "foo.bar.com", "/");
        assertThat(answer.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=foo.bar.com");
        assertThat(answer.response()).contains("200 OK").contains("proto https");
    }

    @DisplayName("host rules: exact and wildcard hosts")
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "foo.bar.com, exact-host-1, an exact host matches",
        "wrong.bar.com, fallback-1, another name under it does not",
        "baz.foo.test, wildcard-host-1, a wildcard matches one label",
        "baz.bar.foo.test, fallback-1, a wildcard does not match two labels",
        "foo.test, fallback-1, a wildcard does not match no label"
    })
    void host_rules(String host, String backend, String why) {
        assertThat(get(host, "/").header("X-Backend")).isEqualTo(backend);
    }

    @Test
    @DisplayName("ingress class: an Ingress of another class is not served")
    void ingress_class() {
        assertThat(get("foreign.test", "/").header("X-Backend")).isEqualTo("fallback-1");
    }

    @Test
    @DisplayName("load balancing: 100 requests reach all 10 endpoints")
    void load_balancing() {
        Set<String> reached = new TreeSet<>();
        for (var i = 0; i < 100; i++) {
            reached.add(get("balance.test", "/").header("X-Backend"));
        }
        assertThat(reached).hasSize(10);
    }

    @DisplayName("path rules")
    @ParameterizedTest(name = "{3}: {0}{1}")
    @CsvSource({
        "exact.test, /foo, exact-foo-1, exact path matches",
        "exact.test, /foo/, fallback-1, exact path does not match with a trailing slash",
        "exact.test, /FOO, fallback-1, exact path is case-sensitive",
        "exact.test, /bar, fallback-1, exact path does not match another",
        "prefix.test, /foo, prefix-foo-1, prefix matches the path itself",
        "prefix.test, /foo/, prefix-foo-1, prefix matches with a trailing slash",
        "prefix.test, /FOO, fallback-1, prefix is case-sensitive",
        "aaa.test, /aaa/bbb, aaa-bbb-1, the longest prefix wins",
        "aaa.test, /aaa/bbb/ccc, aaa-bbb-1, the longest prefix wins below it",
        "aaa.test, /aaa/ccc, aaa-1, the shorter prefix takes the rest",
        "aaa.test, /aaaccc, fallback-1, prefix matches whole elements",
        "both.test, /foo, exact-over-1, exact is preferred to prefix",
        "both.test, /foo/bar, prefix-over-1, prefix takes what exact does not",
        "slash.test, /aaa/bbb, slashed-1, a prefix with a trailing slash matches without it",
        "slash.test, /aaa/bbb/, slashed-1, a prefix with a trailing slash matches with it",
        "exact-slash.test, /foo, fallback-1, exact path with a trailing slash does not match without"
    })
    void path_rules(String host, String path, String backend, String why) {
        assertThat(get(host, path).header("X-Backend")).isEqualTo(backend);
    }

    private static Response get(String host, String path) {
        return given().header("Host", host).get(url(path));
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + adit.http() + path;
    }

    private static String ingress(String name, String className, String host, String... paths) {
        var text = new StringBuilder("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %s}
                spec:
                  ingressClassName: %s
                  rules:
                  - host: "%s"
                    http:
                      paths:
                """.formatted(name, className, host));
        for (var path : paths) {
            var part = path.split(" ");
            text.append("      - {pathType: %s, path: %s, backend: {service: {name: %s, port: {number: 80}}}}\n"
                    .formatted(part[0], part[1], part[2]));
        }
        return text + "---\n";
    }

    private static final String RULES = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: fallback}
            spec: {ingressClassName: adit, defaultBackend: {service: {name: fallback, port: {name: http}}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: tls}
            spec:
              ingressClassName: adit
              tls: [{hosts: [foo.bar.com], secretName: conformance-tls}]
              rules:
              - host: foo.bar.com
                http: {paths: [{pathType: Prefix, path: /, backend: {service: {name: exact-host, port: {number: 80}}}}]}
            ---
            """
            + ingress("wildcard", "adit", "*.foo.test", "Prefix / wildcard-host")
            + ingress("foreign", "another", "foreign.test", "Prefix / foreign")
            + ingress("balance", "adit", "balance.test", "Prefix / pods")
            + ingress("exact", "adit", "exact.test", "Exact /foo exact-foo")
            + ingress("exact-slash", "adit", "exact-slash.test", "Exact /foo/ exact-foo-slash")
            + ingress("prefix", "adit", "prefix.test", "Prefix /foo prefix-foo")
            + ingress("aaa", "adit", "aaa.test", "Prefix /aaa aaa", "Prefix /aaa/bbb aaa-bbb")
            + ingress("both", "adit", "both.test", "Prefix /foo prefix-over", "Exact /foo exact-over")
            + ingress("slash", "adit", "slash.test", "Prefix /aaa/bbb/ slashed");
}
