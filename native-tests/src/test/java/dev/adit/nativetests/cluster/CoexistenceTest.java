package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import dev.adit.testbed.Ports;
import dev.adit.testbed.Program;
import io.restassured.path.json.JsonPath;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Adit and Traefik in one cluster, each with a class of its own: {@code -Dcoexist.seconds=600} for ten minutes. */
@Tag("either-build")
@ResourceLock("cluster")
class CoexistenceTest {
    private static final int INGRESSES = 20;
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("coexist.seconds", 20));
    private static final String TRAEFIKS_ADDRESS = "192.0.2.7";

    @TempDir
    Path files;

    private KiadaSuite suite;
    private Cluster cluster;
    private Process traefik;

    // What was seen of the status of each Ingress, and who has ever written to it.
    private final Map<String, Set<String>> statuses = new HashMap<>();
    private final Map<String, Set<String>> writers = new HashMap<>();

    @BeforeEach
    void install() throws Exception {
        Cluster.assumeThere(CoexistenceTest.class);
        var binary = Program.run(List.of(
                        Adit.ROOT.resolve("native-tests/testbed/traefik").toString()))
                .output()
                .strip();
        if (binary.isEmpty()) {
            System.err.println("SKIPPED CoexistenceTest: there is no Traefik");
        }
        Assumptions.assumeFalse(binary.isEmpty(), "there is no Traefik");
        suite = KiadaSuite.install(files);
        cluster = suite.cluster();
        ingresses();
        traefik = traefik(binary);
    }

    @AfterEach
    void remove() throws Exception {
        if (traefik != null) {
            traefik.destroy();
        }
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    void neither_of_two_controllers_writes_to_what_is_the_others() throws Exception {
        KiadaSuite.eventually(() -> {
            look();
            for (var i = 0; i < INGRESSES; i++) {
                assertThat(statuses.get("adit-" + i).toString()).contains(suite.address());
                assertThat(statuses.get("traefik-" + i).toString()).contains(TRAEFIKS_ADDRESS);
            }
        });
        statuses.clear();
        var end = System.nanoTime() + LONG.toNanos();
        for (var round = 0; System.nanoTime() < end; round++) {
            disturb(round);
            look();
        }
        for (var i = 0; i < INGRESSES; i++) {
            assertThat(writers.get("adit-" + i)).containsExactly("adit");
            assertThat(writers.get("traefik-" + i)).containsExactly("traefik");
            assertThat(statuses.get("adit-" + i)).as("no flap of adit-" + i).hasSize(1);
            assertThat(statuses.get("traefik-" + i))
                    .as("no flap of traefik-" + i)
                    .hasSize(1);
        }
        var told = cluster.kubectl(
                "-n",
                "kiada",
                "get",
                "events",
                "-o",
                "jsonpath={range .items[?(@.source.component=='adit')]}{.involvedObject.name} {end}");
        assertThat(told).doesNotContain("traefik-");
        System.err.printf(
                "CoexistenceTest: %d s, %d Ingresses each, 0 foreign writes, 0 changes of a status%n",
                LONG.toSeconds(), INGRESSES);
    }

    private void ingresses() throws Exception {
        var yaml = new StringBuilder("""
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: traefik}
                spec: {controller: traefik.io/ingress-controller}
                """);
        for (var controller : List.of("adit", "traefik")) {
            for (var i = 0; i < INGRESSES; i++) {
                yaml.append("""
                        ---
                        apiVersion: networking.k8s.io/v1
                        kind: Ingress
                        metadata: {name: %1$s-%2$d, namespace: kiada}
                        spec:
                          ingressClassName: %1$s
                          rules:
                          - host: host-%2$d.example.com
                            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: quote, port: {number: 80}}}}]}
                        """.formatted(controller, i));
            }
        }
        cluster.apply(yaml.toString());
    }

    private Process traefik(String binary) throws Exception {
        cluster.kubectl("create", "serviceaccount", "traefik");
        cluster.kubectl(
                "create",
                "clusterrolebinding",
                "traefik",
                "--clusterrole=cluster-admin",
                "--serviceaccount=default:traefik");
        return new ProcessBuilder(
                        binary,
                        "--entrypoints.web.address=:" + Ports.free(),
                        "--providers.kubernetesingress.endpoint=" + cluster.api(),
                        "--providers.kubernetesingress.token=" + cluster.token("default", "traefik"),
                        "--providers.kubernetesingress.certauthfilepath=" + cluster.ca(),
                        "--providers.kubernetesingress.ingressendpoint.ip=" + TRAEFIKS_ADDRESS,
                        "--global.checknewversion=false",
                        "--global.sendanonymoususage=false")
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    /** What happens in a cluster: annotations, and Pods that come and go. */
    private void disturb(int round) throws Exception {
        for (var controller : List.of("adit", "traefik")) {
            cluster.kubectl(
                    "-n",
                    "kiada",
                    "annotate",
                    "--overwrite",
                    "ingress",
                    controller + "-" + round % INGRESSES,
                    "example.com/touched=" + round);
        }
        if (round % 5 == 0) {
            cluster.kubectl("-n", "kiada", "scale", "deployment/quote", "--replicas=" + (1 + round % 3));
        }
    }

    private void look() throws Exception {
        var seen =
                JsonPath.from(cluster.kubectl("-n", "kiada", "get", "ingress", "-o", "json", "--show-managed-fields"));
        List<Map<String, Object>> items = seen.getList("items");
        for (var i = 0; i < items.size(); i++) {
            var name = seen.getString("items[" + i + "].metadata.name");
            var status = seen.getString("items[" + i + "].status.loadBalancer");
            statuses.computeIfAbsent(name, _ -> new HashSet<>()).add(String.valueOf(status));
            List<Map<String, String>> managers = seen.getList("items[" + i + "].metadata.managedFields");
            managers.stream()
                    .filter(manager -> "status".equals(manager.get("subresource")))
                    .forEach(manager ->
                            writers.computeIfAbsent(name, _ -> new HashSet<>()).add(manager.get("manager")));
        }
    }
}
