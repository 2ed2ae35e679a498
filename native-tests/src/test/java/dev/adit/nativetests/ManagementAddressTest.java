package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.FakeApi;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can connect to the management port, which shows every route without asking who wants to know. */
class ManagementAddressTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void for_a_folder_of_manifests_it_is_on_loopback_unless_told_otherwise() throws Exception {
        try (var adit = Adit.serving(folder)) {
            assertThatThrownBy(() -> connect("127.0.0.2", adit.management())).isInstanceOf(ConnectException.class);
            connect("127.0.0.2", adit.http());
        }
        try (var adit = Adit.serving(folder, "--management-address=0.0.0.0")) {
            connect("127.0.0.2", adit.management());
        }
    }

    @Test
    void in_a_cluster_it_is_on_the_address_of_the_listeners() throws Exception {
        try (var api = new FakeApi()) {
            var kubeconfig = api.kubeconfig(folder);
            try (var adit = Adit.startWith(kubeconfig, "serve").ready()) {
                connect("127.0.0.2", adit.management());
            }
            try (var adit = Adit.startWith(kubeconfig, "serve", "--listen-address=127.0.0.2")) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    connect("127.0.0.2", adit.management());
                    return true;
                });
                assertThatThrownBy(() -> connect("127.0.0.1", adit.management()))
                        .isInstanceOf(ConnectException.class);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(Adit.run(
                                                Map.of(),
                                                "routes",
                                                "--management-address=127.0.0.2",
                                                "--management-port=" + adit.management())
                                        .exitCode())
                                .isZero());
            }
        }
    }

    private static void connect(String address, int port) throws Exception {
        new Socket(address, port).close();
    }
}
