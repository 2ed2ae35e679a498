package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The manifest for nodes without a load balancer: a DaemonSet, and the nodes' addresses as status. */
@ResourceLock("cluster")
class EdgeTest {
    private static Cluster cluster;

    @BeforeAll
    static void install() throws Exception {
        Cluster.assumeThere(EdgeTest.class);
        cluster = Cluster.up();
        cluster.kubectl(
                "apply", "-f", Adit.ROOT.resolve("target/kubernetes/edge.yml").toString());
        cluster.kubectl(
                "apply",
                "-f",
                Adit.ROOT.resolve("target/kubernetes/networkpolicy.yml").toString());
        cluster.rolledOut("adit-system", "daemonset/adit");
    }

    @AfterAll
    static void remove() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void ingresses_show_the_addresses_of_the_nodes_and_every_node_serves() throws Exception {
        cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: app}
                spec:
                  ingressClassName: adit
                  defaultBackend: {service: {name: missing, port: {number: 80}}}
                """);
        var nodes = cluster.kubectl(
                "get", "nodes", "-o", "jsonpath={.items[*].status.addresses[?(@.type==\"InternalIP\")].address}");
        var path = "{.status.loadBalancer.ingress[*].ip}";
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(words(cluster.jsonpath("default", "ingress/app", path)))
                        .isEqualTo(words(nodes))
                        .hasSize(2));
        var pods = cluster.kubectl("-n", "adit-system", "get", "pods", "-o", "jsonpath={.items[*].status.podIP}");
        for (var pod : words(pods)) {
            assertThat(given().get("http://" + pod + ":8080/").statusCode()).isEqualTo(503);
        }
        var ports = "{.spec.template.spec.containers[0].ports[*].hostPort}";
        assertThat(words(cluster.jsonpath("adit-system", "daemonset/adit", ports)))
                .containsExactly("443", "80");
    }

    private static TreeSet<String> words(String text) {
        return new TreeSet<>(java.util.List.of(text.strip().split(" ")));
    }
}
