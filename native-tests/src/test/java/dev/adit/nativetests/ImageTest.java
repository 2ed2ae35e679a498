package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the image holds is enough: run without an engine, as nobody, with the /proc and /dev that every runtime mounts. */
@ResourceLock("cluster")
class ImageTest {
    private static final Path ROOT = Adit.ROOT.resolve("target/image-root");

    @Test
    void the_files_of_the_image_are_all_that_the_executable_needs() throws Exception {
        Assumptions.assumeTrue("native".equals(System.getProperty("subject")), "the image holds the native executable");
        Assumptions.assumeTrue(Files.isDirectory(ROOT), "`make image-root` makes it");
        Assumptions.assumeTrue(Cluster.obstacle().isEmpty(), "mounting needs root");
        var script = """
                mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && \
                exec chroot --userspec=65532:65532 "$0" /adit "$@"
                """;
        var image = List.of("unshare", "-m", "sh", "-c", script, ROOT.toString());
        try (var adit = Adit.start(image, "serve", "--manifests=/tmp").ready()) {
            await().untilAsserted(() ->
                    assertThat(adit.output()).contains("Engine: epoll").contains("Generation 1 is live"));
        }
    }
}
