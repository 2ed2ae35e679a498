package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The store behind the API server is set back to a backup. */
@ResourceLock("cluster")
@Tag("either-build")
class RestoredStoreTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    // Few, so that the numbers are past them before anybody can have looked: only the outage itself says that something
    // was lost.
    private static final int LOST = 5;
    private static final int SINCE = 160;

    @Test
    void what_changed_before_a_restored_store_had_grown_past_its_former_state_is_served() throws Exception {
        Cluster.assumeThere(RestoredStoreTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = cluster.installForOutside();
            cluster.apply(backends.manifests() + Backends.ingress("before"));
            try (var adit = Adit.startWith(kubeconfig, "serve").ready()) {
                cluster.backUp();
                cluster.apply(configMaps(LOST) + Backends.ingress("lost"));
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "lost") == 200);
                cluster.restore();
                // No watch that goes on from where it was is told of these: the numbers of the changes are old ones.
                cluster.apply(Backends.ingress("during"));
                cluster.apply(configMaps(SINCE));
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "during") == 200);
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "lost") == 404);
                assertThat(Backends.code(adit, "before")).isEqualTo(200);
            }
        }
    }

    private static String configMaps(int count) {
        return IntStream.range(0, count).mapToObj("""
                        ---
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: other-%d, namespace: default}
                        """::formatted).collect(Collectors.joining());
    }
}
