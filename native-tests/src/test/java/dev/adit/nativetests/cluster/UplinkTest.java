package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.Relay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line to the API server, when it dies without a word. */
@Tag("either-build")
class UplinkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path files;

    @Test
    void connections_to_the_api_server_that_a_router_has_forgotten_are_given_up() throws Exception {
        Cluster.assumeThere(UplinkTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1);
                var relay = new Relay(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), cluster.api().getPort()))) {
            var direct = Files.readString(cluster.installForOutside());
            cluster.apply(backends.manifests() + Backends.ingress("before"));
            var through = Files.writeString(
                    files.resolve("kubeconfig"),
                    direct.replace(":" + cluster.api().getPort(), ":" + relay.port()));
            try (var adit = Adit.startWith(through, "serve").ready()) {
                assertThat(Backends.code(adit, "before")).isEqualTo(200);
                assertThat(relay.forget()).isPositive();
                cluster.apply(Backends.ingress("after"));
                var begin = System.nanoTime();
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
                    assertThat(Backends.code(adit, "before")).isEqualTo(200);
                    assertThat(Backends.code(adit, "after")).isEqualTo(200);
                });
                System.out.printf(
                        "What had changed was served after %d s%n", (System.nanoTime() - begin) / 1_000_000_000);
            }
        }
    }
}
