package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Whoever may write into one namespace of a real API server, against everybody else there, with the heap of a small pod. */
@Tag("either-build")
@ResourceLock("cluster")
class HostileTenantTest {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int SMALL_HEAP = 256;
    private static final int LARGE_SECRETS = 300;

    @Test
    void whatever_a_tenant_writes_others_are_served_from_the_start_and_their_edits_are_followed() throws Exception {
        Cluster.assumeThere(HostileTenantTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = cluster.installForOutside();
            cluster.apply(backends.manifests() + ingress("default", "before", "", "/"));
            cluster.kubectl("create", "namespace", "tenant");
            try (var adit = Adit.startWith(SMALL_HEAP, kubeconfig, "serve").ready()) {
                write(cluster);
                follows(cluster, adit, "while");
            }
            try (var adit = Adit.startWith(SMALL_HEAP, kubeconfig, "serve")) {
                await().atMost(PATIENCE).until(() -> code(adit, "before") == 200);
                follows(cluster, adit, "after");
            }
        }
    }

    /** Each is as large as the API server takes it. */
    private static void write(Cluster cluster) throws Exception {
        var path = "/a".repeat(500_000);
        cluster.create(ingress("tenant", "path-1", "", path));
        cluster.create(ingress("tenant", "path-2", "", path));
        cluster.create(ingress("tenant", "hsts", "adit.dev/hsts: \"1" + ";preload".repeat(16_000) + "\"", "/"));
        cluster.create(ingress("tenant", "timeout", "adit.dev/connect-timeout: 597h", "/"));
        var ports = IntStream.rangeClosed(1, 5_000)
                .mapToObj(i -> "{name: p%d, port: %d}".formatted(i, i))
                .collect(Collectors.joining(", "));
        cluster.create("""
                apiVersion: v1
                kind: Service
                metadata: {name: ports, namespace: tenant}
                spec: {clusterIP: None, ports: [%s]}
                """.formatted(ports));
        for (var i = 0; i < LARGE_SECRETS; i += 10) {
            cluster.create(IntStream.range(i, i + 10)
                    .mapToObj(HostileTenantTest::secret)
                    .collect(Collectors.joining("---\n")));
        }
    }

    private static String secret(int number) {
        var bytes = new byte[520_000];
        java.util.Arrays.fill(bytes, (byte) 'a');
        var text = Base64.getEncoder().encodeToString(bytes);
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: large-%1$d, namespace: tenant}
                type: kubernetes.io/tls
                data: {tls.crt: %2$s, tls.key: %3$s}
                """.formatted(number, text, text.substring(0, 600_000));
    }

    private static void follows(Cluster cluster, Adit adit, String name) throws Exception {
        cluster.apply(ingress("default", name, "", "/"));
        await().atMost(PATIENCE).until(() -> code(adit, name) == 200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(adit.output())
                        .contains(
                                "Ingress tenant/path-1: PathInvalid",
                                "Ingress tenant/hsts: AnnotationInvalid",
                                "Ingress tenant/timeout: AnnotationInvalid"));
        assertThat(code(adit, "before")).isEqualTo(200);
        assertThat(adit.isLive()).isTrue();
    }

    private static int code(Adit adit, String name) {
        try {
            return RestAssured.given()
                    .header("Host", name + ".test")
                    .get("http://127.0.0.1:" + adit.http() + "/")
                    .statusCode();
        } catch (Exception e) {
            return e instanceof IOException ? 0 : -1; // it does not listen yet
        }
    }

    private static String ingress(String namespace, String name, String annotations, String path) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %2$s, namespace: %1$s, annotations: {%3$s}}
                spec:
                  ingressClassName: adit
                  rules:
                  - host: %2$s.test
                    http: {paths: [{path: "%4$s", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                """.formatted(namespace, name, annotations, path);
    }
}
