package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import dev.adit.testbed.TlsClient;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A machine whose clock is wrong, and one that has little memory. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ResourceLock("cluster")
class MachineTest {
    private static final Path FAKE_TIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final Path MEMORY = Path.of("/sys/fs/cgroup/memory");
    private static final int MEBIBYTE = 1 << 20;
    private static final String HOST = "machine.test";

    @TempDir
    static Path files;

    private static Cluster cluster;
    private static Backends backends;
    private static Path kubeconfig;

    @BeforeAll
    static void up() throws Exception {
        Cluster.assumeThere(MachineTest.class);
        cluster = Cluster.up();
        backends = new Backends(cluster.gateway()).service("web", 1);
        kubeconfig = cluster.installForOutside();
        cluster.apply(Certificates.make(files, "machine", HOST).secret("machine") + backends.manifests());
        cluster.apply(ingress("/first"));
    }

    @AfterAll
    static void down() throws Exception {
        if (cluster != null) {
            cluster.close();
            backends.close();
        }
    }

    private static void skipUnless(boolean possible, String why) {
        if (!possible) {
            System.err.println("SKIPPED MachineTest: " + why);
        }
        Assumptions.assumeTrue(possible, why);
    }

    @Test
    void a_clock_that_jumps_by_years_changes_nothing_for_clients_and_keeps_no_edit_back() throws Exception {
        skipUnless(Files.exists(FAKE_TIME), "there is no libfaketime: apt-get install faketime");
        var clock = Files.writeString(files.resolve("clock"), "+0");
        var environment = Map.of(
                "LD_PRELOAD",
                FAKE_TIME.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else every timed wait of the JVM returns at once, and waits once more.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
        try (var adit = Adit.startWith(kubeconfig, environment, "serve").ready()) {
            for (var jump : List.of(Duration.ofDays(400), Duration.ofDays(-20_000), Duration.ZERO)) {
                Files.writeString(clock, (jump.isNegative() ? "" : "+") + jump.toSeconds());
                cluster.apply(ingress("/jump" + jump.toDays()));
                KiadaSuite.eventually(() -> assertThat(
                                TlsClient.get("127.0.0.1", adit.https(), HOST, "/jump" + jump.toDays())
                                        .response())
                        .startsWith("HTTP/1.1 200 "));
                assertThat(Duration.between(Instant.now().plus(jump), changedAt(adit))
                                .abs())
                        .isLessThan(Duration.ofDays(1));
                assertThat(RestAssured.get("http://127.0.0.1:" + adit.management() + "/q/health/live")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void within_the_memory_of_its_manifest_it_outlives_clients_that_send_all_they_may() throws Exception {
        skipUnless(Files.isWritable(MEMORY), "no memory can be limited here");
        var group = Files.createDirectory(
                MEMORY.resolve("adit-" + ProcessHandle.current().pid()));
        Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(limit()));
        // A JVM that does not see its group, as within some containers, would take its heap by the memory of the
        // machine.
        var machine = "export JAVA_TOOL_OPTIONS=-XX:MaxRAM=" + limit() + "; ";
        var within =
                List.of("sh", "-c", machine + "echo $$ > " + group.resolve("cgroup.procs") + "; exec \"$@\"", "sh");
        cluster.apply(ingress("/first"));
        try (var adit = Adit.startWith(within, kubeconfig, "serve").ready()) {
            assertThat(Files.readString(group.resolve("cgroup.procs"))).isNotBlank();
            var clients = new ArrayList<Socket>();
            try {
                var head = ("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nX-A: " + "a".repeat(30_000))
                        .getBytes(StandardCharsets.US_ASCII);
                for (var i = 0; i < 5_000; i++) {
                    var client = new Socket("127.0.0.1", adit.http());
                    client.getOutputStream().write(head);
                    clients.add(client);
                }
                serves(adit);
            } catch (ConditionTimeoutException e) {
                throw new AssertionError(
                        "%d clients, failed charges of memory: %s, Adit is %s and said%n%s"
                                .formatted(
                                        clients.size(),
                                        Files.readString(group.resolve("memory.failcnt"))
                                                .strip(),
                                        Files.readString(group.resolve("cgroup.procs"))
                                                        .isBlank()
                                                ? "gone"
                                                : "there",
                                        adit.output()),
                        e);
            } finally {
                for (var client : clients) {
                    client.close();
                }
            }
            serves(adit);
            System.out.printf(
                    "At most %d of %d MiB were taken%n",
                    Long.parseLong(Files.readString(group.resolve("memory.max_usage_in_bytes"))
                                    .strip())
                            / MEBIBYTE,
                    limit() / MEBIBYTE);
        } finally {
            KiadaSuite.eventually(() -> Files.delete(group));
        }
    }

    private static void serves(Adit adit) {
        KiadaSuite.eventually(() -> assertThat(
                        TlsClient.get("127.0.0.1", adit.https(), HOST, "/first").response())
                .startsWith("HTTP/1.1 200 "));
    }

    /** As the manifest says. */
    private static long limit() throws IOException, InterruptedException {
        var memory = cluster.jsonpath(
                "adit-system", "deployment/adit", "{.spec.template.spec.containers[0].resources.limits.memory}");
        assertThat(memory).endsWith("Mi");
        return Long.parseLong(memory.substring(0, memory.length() - 2)) * MEBIBYTE;
    }

    private static Instant changedAt(Adit adit) {
        var metrics = RestAssured.get("http://127.0.0.1:" + adit.management() + "/q/metrics")
                .asString();
        return metrics.lines()
                .filter(line -> line.startsWith("adit_config_changed_timestamp_seconds"))
                .map(line -> Instant.ofEpochSecond((long) Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
                .findFirst()
                .orElseThrow();
    }

    private static String ingress(String path) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: machine, namespace: default}
                spec:
                  ingressClassName: adit
                  tls: [{hosts: [%1$s], secretName: machine}]
                  rules:
                  - host: %1$s
                    http: {paths: [{path: %2$s, pathType: Exact, backend: {service: {name: web, port: {number: 80}}}}]}
                """.formatted(HOST, path);
    }
}
