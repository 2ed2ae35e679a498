package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The questions about a cluster, asked by somebody outside of it; nothing has to run there. */
@ResourceLock("cluster")
class InspectClusterTest {
    private static final String OBJECTS = """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: adit}
            spec: {controller: adit.dev/ingress-controller}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: quote, namespace: default}
            spec: {ports: [{name: http, port: 80}]}
            ---
            """;
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: %1$s, namespace: default}
            spec:
              ingressClassName: adit
              rules:
              - host: %1$s.example.com
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: quote, port: {number: 80}}}}]}
            """;

    @TempDir
    Path files;

    @Test
    void a_doctor_who_reaches_no_api_server_says_so_and_what_to_do() throws Exception {
        var kubeconfig = Files.writeString(files.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """);
        var sick = Adit.run(Map.of("KUBECONFIG", kubeconfig.toString()), "doctor");
        assertThat(sick.output()).contains("API server", "http://127.0.0.1:1", "Check KUBECONFIG");
        assertThat(sick.exitCode()).isEqualTo(1);
        Files.writeString(kubeconfig, "]");
        var unreadable = Adit.run(Map.of(), "doctor", "--kubeconfig=" + kubeconfig);
        assertThat(unreadable.output())
                .contains("the kubeconfig cannot be read")
                .doesNotContain("\tat ");
        assertThat(unreadable.exitCode()).isEqualTo(1);
    }

    @Test
    void a_cluster_can_be_asked_about_from_outside() throws Exception {
        Cluster.assumeThere(InspectClusterTest.class);
        try (var cluster = Cluster.up()) {
            cluster.apply(OBJECTS + INGRESS.formatted("api"));
            var kubeconfig = Map.of("KUBECONFIG", cluster.kubeconfig().toString());
            var explained = Adit.run(kubeconfig, "explain", "--cluster", "https://api.example.com/quote");
            assertThat(explained.output())
                    .contains("default/api spec.rules")
                    .contains("503: the service for this path has no ready endpoint");
            assertThat(explained.exitCode()).isZero();
            assertThat(Adit.run(kubeconfig, "routes", "--cluster").output()).contains("host api.example.com");
            var edited = Files.writeString(files.resolve("edited.yaml"), INGRESS.formatted("more"));
            var diff = Adit.run(kubeconfig, "diff", "--cluster", "-f", edited.toString());
            assertThat(diff.output()).contains("+ host more.example.com Prefix / -> default/quote:80");
            assertThat(diff.exitCode()).isEqualTo(1);
            var checked = Adit.run(kubeconfig, "check", "--cluster", edited.toString());
            assertThat(checked.output()).doesNotContain("Ingress default/more:");

            var sick = Adit.run(Map.of(), "doctor", "--kubeconfig=" + cluster.kubeconfig());
            assertThat(sick.output())
                    .contains(
                            "API server",
                            "may not list ingresses.networking.k8s.io in all namespaces",
                            "namespace adit-system has no pod of Adit",
                            "IngressClass adit is Adit's",
                            "these hosts are not known here: api.example.com");
            assertThat(sick.exitCode()).isEqualTo(1);
            cluster.kubectl("delete", "ingressclass", "adit");
            assertThat(Adit.run(kubeconfig, "doctor", "--no-dns", "-o", "json").output())
                    .contains("\"level\" : \"error\"", "there is no IngressClass adit");
        }
    }
}
