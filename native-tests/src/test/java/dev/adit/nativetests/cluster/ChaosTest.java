package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import dev.adit.testbed.Program;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What machines do to processes: each time it serves again, and has lost nothing that was kept. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ResourceLock("cluster")
class ChaosTest {
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: default}
            spec:
              ingressClassName: adit
              rules:
              - host: web.test
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            """;

    @TempDir
    Path files;

    private static Cluster cluster;
    private static Backends backends;
    private static Path kubeconfig;

    @BeforeAll
    static void up() throws Exception {
        Cluster.assumeThere(ChaosTest.class);
        cluster = Cluster.up();
        backends = new Backends(cluster.gateway()).service("web", 1);
        kubeconfig = cluster.installForOutside();
        cluster.apply(backends.manifests() + INGRESS);
    }

    @AfterAll
    static void down() throws Exception {
        if (cluster != null) {
            cluster.close();
            backends.close();
        }
    }

    @Test
    void a_process_that_was_stopped_for_a_while_takes_up_what_it_missed() throws Exception {
        try (var adit = Adit.startWith(kubeconfig, "serve").ready()) {
            serves(adit, "web.test");
            signal(adit, "STOP");
            cluster.apply(INGRESS.replace("name: web, namespace", "name: later, namespace")
                    .replace("web.test", "later.test"));
            cluster.kubectl("wait", "--for=create", "ingress/later", "--timeout=20s");
            signal(adit, "CONT");
            serves(adit, "web.test");
            serves(adit, "later.test");
        }
    }

    @Test
    void a_process_that_is_killed_resumes_from_what_it_kept_without_an_api_server() throws Exception {
        var state = files.resolve("state");
        try (var adit =
                Adit.startWith(kubeconfig, "serve", "--state-dir=" + state).ready()) {
            KiadaSuite.eventually(() -> assertThat(state.resolve("adit.state")).exists());
            signal(adit, "KILL");
        }
        cluster.kill("kube-apiserver");
        try (var adit =
                Adit.startWith(kubeconfig, "serve", "--state-dir=" + state).ready()) {
            serves(adit, "web.test");
        } finally {
            cluster.start();
        }
    }

    @Test
    void a_full_disk_is_told_and_nothing_else_suffers() throws Exception {
        var state = Files.createDirectory(files.resolve("small"));
        var mounted = Program.run(List.of("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", state.toString()));
        Assumptions.assumeTrue(mounted.exitCode() == 0, mounted.output());
        try {
            Files.write(state.resolve("filler"), new byte[4096]);
            try (var adit =
                    Adit.startWith(kubeconfig, "serve", "--state-dir=" + state).ready()) {
                KiadaSuite.eventually(() -> assertThat(adit.output()).contains("The state cannot be kept"));
                serves(adit, "web.test");
                Files.delete(state.resolve("filler"));
                KiadaSuite.eventually(() -> assertThat(adit.output()).contains("The state is kept again"));
            }
        } finally {
            Program.run(List.of("umount", state.toString()));
        }
    }

    @Test
    void without_descriptors_for_all_who_come_it_serves_again_once_they_have_gone() throws Exception {
        try (var adit = Adit.startWith(kubeconfig, "serve").ready()) {
            serves(adit, "web.test");
            var few = descriptors(adit) + 60;
            Program.run(List.of("prlimit", "--pid=" + adit.pid(), "--nofile=" + few + ":" + few));
            var clients = new ArrayList<Socket>();
            try {
                for (var i = 0; i < 300; i++) {
                    var client = new Socket("127.0.0.1", adit.http());
                    client.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                    clients.add(client);
                }
            } finally {
                for (var client : clients) {
                    client.close();
                }
            }
            serves(adit, "web.test");
        }
    }

    private static long descriptors(Adit adit) throws IOException {
        try (var open = Files.list(Path.of("/proc", Long.toString(adit.pid()), "fd"))) {
            return open.count();
        }
    }

    private static void serves(Adit adit, String host) {
        KiadaSuite.eventually(() -> assertThat(RestAssured.given()
                        .header("Host", host)
                        .get("http://127.0.0.1:" + adit.http() + "/")
                        .statusCode())
                .isEqualTo(200));
    }

    private static void signal(Adit adit, String name) throws IOException, InterruptedException {
        assertThat(Program.run(List.of("kill", "-" + name, Long.toString(adit.pid())))
                        .exitCode())
                .isZero();
    }
}
