package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import dev.adit.testbed.TlsClient;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A restart while there is no API server, and its return. */
@ResourceLock("cluster")
class ResumeTest {
    private static final String HOST = "resumed.test";

    @TempDir
    Path files;

    private Cluster cluster;
    private Backends backends;
    private Path kubeconfig;
    private String[] options = {};

    @BeforeEach
    void up() throws Exception {
        Cluster.assumeThere(ResumeTest.class);
        cluster = Cluster.up();
        // Without nodes of its own: Adit is a process here, and the endpoints are on a local address.
        backends = new Backends(cluster.gateway()).service("web", 1).service("later", 1);
        var certificate = Certificates.make(files, "resumed", HOST);
        kubeconfig = cluster.installForOutside();
        cluster.apply(certificate.secret("resumed") + backends.manifests() + ingress("web"));
        var key = Files.writeString(files.resolve("state.key"), "0123456789abcdef0123456789abcdef");
        options = new String[] {
            "serve",
            "--state-dir=" + files.resolve("state"),
            "--state-key=" + key,
            "--drain-delay=0",
            "--drain-timeout=1"
        };
    }

    @AfterEach
    void down() throws Exception {
        if (cluster != null) {
            cluster.close();
            backends.close();
        }
    }

    @Test
    void it_serves_what_it_served_before_and_takes_up_what_has_changed_without_a_gap() throws Exception {
        try (var before = start().ready()) {
            serves(before);
        }
        cluster.kill("kube-apiserver");
        var begin = System.nanoTime();
        try (var resumed = start()) {
            awaitFirstAnswer(resumed);
            System.out.printf("The first 200 came %d ms after the start%n", (System.nanoTime() - begin) / 1_000_000);
            resumed.ready();
            serves(resumed);
            assertThat(RestAssured.get("http://127.0.0.1:" + resumed.management() + "/q/health/ready")
                            .asString())
                    .contains("\"stale\": true");
            assertThat(RestAssured.get("http://127.0.0.1:" + resumed.management() + "/q/metrics")
                            .asString())
                    .contains("adit_config_stale 1");
            var others = new AtomicInteger();
            var done = new AtomicBoolean();
            var asking = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    if (code(resumed) != 200) {
                        others.incrementAndGet();
                    }
                }
            });
            cluster.start();
            cluster.apply(ingress("later"));
            KiadaSuite.eventually(() -> assertThat(RestAssured.given()
                            .header("Host", HOST)
                            .get("http://127.0.0.1:" + resumed.http() + "/")
                            .header("X-Backend"))
                    .isEqualTo("later-1"));
            done.set(true);
            asking.join();
            assertThat(others).hasValue(0);
            assertThat(RestAssured.get("http://127.0.0.1:" + resumed.management() + "/q/health/ready")
                            .asString())
                    .contains("\"stale\": false");
        }
    }

    private Adit start() throws Exception {
        return Adit.startWith(kubeconfig, options);
    }

    private static void serves(Adit adit) throws Exception {
        assertThat(code(adit)).isEqualTo(200);
        var answer = TlsClient.get("127.0.0.1", adit.https(), HOST, "/");
        assertThat(answer.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=" + HOST);
    }

    private static int code(Adit adit) {
        return RestAssured.given()
                .header("Host", HOST)
                .get("http://127.0.0.1:" + adit.http() + "/")
                .statusCode();
    }

    private static void awaitFirstAnswer(Adit adit) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptions() // nobody listens yet
                .until(() -> code(adit) == 200);
    }

    private static String ingress(String service) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: resumed}
                spec:
                  ingressClassName: adit
                  tls: [{hosts: [%1$s], secretName: resumed}]
                  rules:
                  - host: %1$s
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %2$s, port: {number: 80}}}}]}
                """.formatted(HOST, service);
    }
}
