package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What delivery controllers write for ingress-nginx, and what clients keep meanwhile. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ResourceLock("cluster")
@Tag("either-build")
class SessionsAndCanariesTest {
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";
    private static final String CLASS = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}
            """;
    private static final int REQUESTS = 400;

    private static Cluster cluster;
    private static Backends backends;
    private static Path kubeconfig;

    @BeforeAll
    static void up() throws Exception {
        Cluster.assumeThere(SessionsAndCanariesTest.class);
        cluster = Cluster.up();
        backends = new Backends(cluster.gateway()).service("web", 3).service("next", 1);
        kubeconfig = cluster.installForOutside();
        cluster.apply(backends.manifests() + CLASS);
    }

    @AfterAll
    static void down() throws Exception {
        if (cluster != null) {
            cluster.close();
            backends.close();
        }
    }

    /**
     * As Argo Rollouts does it: a copy of the Ingress with another Service, whose weight is then written again and again. Flagger
     * does likewise, with a field for those who want to see it first, and says at the end that it is none any more.
     */
    @Test
    void a_canary_gets_the_share_that_was_written_last() throws Exception {
        // Of Ingresses of one second the last by name has the host, which has to be the main one when the other is no
        // canary any more.
        cluster.apply(ingress("shop", "web", PREFIX + "proxy-body-size: 1m"));
        try (var adit = Adit.startWith(kubeconfig, "serve", "--ingress-nginx").ready()) {
            cluster.apply(
                    ingress("canary-of-shop", "next", PREFIX + "canary: \"true\", " + PREFIX + "canary-weight: \"0\"")
                            .replace("canary-of-shop.test", "shop.test"));
            for (var weight : new int[] {20, 60, 100}) {
                annotate("canary-weight=" + weight);
                KiadaSuite.eventually(() -> assertThat(shareOfNext(adit)).isBetween(weight - 10, weight + 10));
            }
            annotate("canary-weight=0", "canary-by-header=X-Canary", "canary-by-header-value=insider");
            KiadaSuite.eventually(() -> assertThat(shareOfNext(adit)).isZero());
            assertThat(ask(adit, "shop", "X-Canary", "insider").header("X-Backend"))
                    .isEqualTo("next-1");
            annotate("canary=false");
            KiadaSuite.eventually(
                    () -> assertThat(ask(adit, "shop", "X-Canary", "insider").header("X-Backend"))
                            .startsWith("web-"));
            cluster.kubectl("delete", "ingress/canary-of-shop");
            assertThat(shareOfNext(adit)).isZero();
        }
    }

    @Test
    void a_session_stays_with_its_endpoint_as_long_as_that_is_there() throws Exception {
        cluster.apply(ingress("session", "web", PREFIX + "affinity: cookie"));
        try (var adit = Adit.startWith(kubeconfig, "serve", "--ingress-nginx").ready()) {
            KiadaSuite.eventually(() ->
                    assertThat(ask(adit, "session", "X-A", "b").statusCode()).isEqualTo(200));
            var first = ask(adit, "session", "X-A", "b");
            var own = first.header("X-Backend");
            var cookie = cookie(first);
            var other = own.equals("web-1") ? "web-2" : "web-1";
            cluster.kubectl("delete", "endpointslice/" + other);
            KiadaSuite.eventually(() -> assertThat(isUsed(adit, other)).isFalse());
            stays(adit, cookie, own);
            cluster.apply(backends.manifests());
            KiadaSuite.eventually(() -> assertThat(isUsed(adit, other)).isTrue());
            stays(adit, cookie, own);

            cluster.kubectl("delete", "endpointslice/" + own);
            KiadaSuite.eventually(
                    () -> assertThat(ask(adit, "session", "Cookie", cookie).header("X-Backend"))
                            .isNotEqualTo(own));
            var moved = ask(adit, "session", "Cookie", cookie);
            assertThat(moved.statusCode()).isEqualTo(200);
            stays(adit, cookie(moved), moved.header("X-Backend"));
        }
    }

    private static void stays(Adit adit, String cookie, String backend) {
        for (var i = 0; i < 20; i++) {
            var answer = ask(adit, "session", "Cookie", cookie);
            assertThat(answer.header("X-Backend")).isEqualTo(backend);
            assertThat(answer.header("Set-Cookie")).isNull();
        }
    }

    private static boolean isUsed(Adit adit, String backend) {
        for (var i = 0; i < 12; i++) {
            if (ask(adit, "session", "X-A", "b").header("X-Backend").equals(backend)) {
                return true;
            }
        }
        return false;
    }

    private static String cookie(Response answer) {
        var field = answer.header("Set-Cookie");
        return field.substring(0, field.indexOf(';'));
    }

    /** In percent. */
    private static int shareOfNext(Adit adit) {
        var next = 0;
        for (var i = 0; i < REQUESTS; i++) {
            next += ask(adit, "shop", "X-A", "b").header("X-Backend").equals("next-1") ? 1 : 0;
        }
        return Math.round(next * 100f / REQUESTS);
    }

    private static Response ask(Adit adit, String name, String field, String value) {
        return RestAssured.given()
                .header("Host", name + ".test")
                .header(field, value)
                .get("http://127.0.0.1:" + adit.http() + "/");
    }

    private static void annotate(String... annotations) throws IOException, InterruptedException {
        for (var annotation : annotations) {
            cluster.kubectl("annotate", "--overwrite", "ingress/canary-of-shop", PREFIX + annotation);
        }
    }

    private static String ingress(String name, String service, String annotations) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %1$s, annotations: {%3$s}}
                spec:
                  ingressClassName: nginx
                  rules:
                  - host: %1$s.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %2$s, port: {number: 80}}}}]}
                """.formatted(name, service, annotations);
    }
}
