package dev.adit.nativetests.cluster;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each installation may do; and the one for nodes without a load balancer, which is a DaemonSet and publishes the nodes'
 * addresses as status.
 */
@ResourceLock("cluster")
class InstallationsTest {
    private static Cluster cluster;

    @BeforeAll
    static void install() throws Exception {
        Cluster.assumeThere(InstallationsTest.class);
        cluster = Cluster.up();
        cluster.kubectl(
                "apply", "-k", Adit.ROOT.resolve("target/kubernetes/edge").toString());
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

    @ParameterizedTest
    @ValueSource(strings = {"default", "hardened", "namespaced", "edge", "ingress-nginx"})
    void each_installation_is_granted_what_is_written_here_and_no_more(String installation) throws Exception {
        assertThat(granted(installation)).isEqualTo(written(installation));
    }

    /** The API server looks at each object as a whole, and keeps none. */
    @ParameterizedTest
    @CsvSource({"aks,default", "aks-internal,default", "metallb,default", "kind,edge", "k3s,edge"})
    void each_platform_has_an_installation_that_is_valid_and_granted_what_its_base_is(String platform, String base)
            throws Exception {
        cluster.kubectl("apply", "--dry-run=server", "-k", manifests(platform));
        assertThat(granted(platform)).isEqualTo(written(base));
    }

    private static String granted(String installation) throws Exception {
        var rules = "{range .items[*]}{.kind} {.metadata.name} {.metadata.namespace}{'\\n'}"
                + "{range .rules[*]}  {.verbs} {.apiGroups} {.resources} {.resourceNames}{'\\n'}{end}{end}";
        var rendered =
                cluster.kubectl("apply", "--dry-run=client", "-k", manifests(installation), "-o", "jsonpath=" + rules);
        return rendered.lines()
                .map(String::stripTrailing)
                .filter(line -> line.contains("Role ") || line.startsWith("  "))
                .collect(Collectors.joining("\n"));
    }

    private static String written(String installation) throws Exception {
        try (var expected = InstallationsTest.class.getResourceAsStream("/permissions/" + installation + ".txt")) {
            assertThat(expected).as("permissions/%s.txt", installation).isNotNull();
            return new String(expected.readAllBytes(), UTF_8).strip();
        }
    }

    private static String manifests(String installation) {
        return Adit.ROOT.resolve("target/kubernetes/" + installation).toString();
    }

    private static TreeSet<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split(" ")));
    }
}
