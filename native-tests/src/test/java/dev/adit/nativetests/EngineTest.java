package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the subject runs on: each of these is lost without a sound when a build option or a library changes. */
class EngineTest {
    @TempDir
    Path manifests;

    @Test
    void on_linux_it_uses_epoll_and_direct_buffers_with_one_arena_for_each_event_loop() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"));
        Files.writeString(manifests.resolve("empty.yaml"), "");
        var processors = Runtime.getRuntime().availableProcessors();
        try (var adit = Adit.serving(manifests)) {
            // Ready may be said before the line is written.
            await().untilAsserted(() -> assertThat(adit.output())
                    .contains("Engine: epoll, direct buffers, %1$d arenas, %1$d event loops".formatted(processors))
                    .contains("TLS by BoringSSL"));
        }
    }
}
