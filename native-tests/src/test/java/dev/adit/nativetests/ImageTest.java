package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the image holds is enough: run without an engine, as nobody, with the /proc and /dev that every runtime mounts. */
class ImageTest {
    private static final Path ROOT = Adit.ROOT.resolve("target/image-root");

    @Test
    void the_files_of_the_image_are_all_that_the_executable_needs() throws Exception {
        Assumptions.assumeTrue("native".equals(System.getProperty("subject")), "the image holds the native executable");
        Assumptions.assumeTrue(Files.isDirectory(ROOT), "`make image-root` makes it");
        Assumptions.assumeTrue(Cluster.obstacle().isEmpty(), "mounting needs root");
        var script = """
                mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot --userspec=65532:65532 "$0" \
                  /adit serve --manifests=/tmp --http-port="$1" --https-port="$2" --management-port="$3" """;
        var process = new ProcessBuilder(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        script,
                        ROOT.toString(),
                        Integer.toString(Adit.freePort()),
                        Integer.toString(Adit.freePort()),
                        Integer.toString(Adit.freePort()))
                .redirectErrorStream(true)
                .start();
        var output = new StringBuilder();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.contains("is live")) {
                    break;
                }
            }
        } finally {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(output.toString()).contains("Engine: epoll").contains("Generation 1 is live");
    }
}
