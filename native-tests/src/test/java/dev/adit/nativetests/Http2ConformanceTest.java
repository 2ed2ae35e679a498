package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** h2spec, all of its cases, over TLS; built from its Go module once. */
class Http2ConformanceTest {
    private static final String MODULE = "github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible";
    private static final Pattern FAILED = Pattern.compile("× (.*)");
    private static final Path BIN = Adit.ROOT.resolve("native-tests/target/bin");

    // Frames on streams that are closed, or out of order: Netty resets or ignores them where a connection error is due.
    private static final Set<String> DEVIATIONS = Set.of(
            "6: half closed (remote): Sends a HEADERS frame",
            "12: closed: Sends a HEADERS frame",
            "2: Sends stream identifier that is numerically smaller than previous");

    @Test
    void http_2_is_served_to_the_letter_of_its_specification_but_for_three_answers(@TempDir Path manifests)
            throws Exception {
        var h2spec = h2spec();
        try (var backends = new Backends().service("web", 1)) {
            Files.writeString(manifests.resolve("web.yaml"), backends.manifests() + """
                    apiVersion: networking.k8s.io/v1
                    kind: Ingress
                    metadata: {name: web}
                    spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                    """);
            try (var adit = Adit.serving(manifests)) {
                var port = Integer.toString(adit.https());
                var ended = run(List.of(h2spec.toString(), "-t", "-k", "-h", "127.0.0.1", "-p", port, "-o", "3"));
                assertThat(ended.output()).contains("145 tests");
                var failed = FAILED.matcher(ended.output()).results().map(found -> found.group(1));
                assertThat(failed.collect(Collectors.toSet())).isEqualTo(DEVIATIONS);
            }
        }
    }

    private static Path h2spec() throws IOException, InterruptedException {
        var binary = BIN.resolve("h2spec");
        if (!Files.isExecutable(binary)) {
            Files.createDirectories(BIN);
            var obstacle = "";
            try {
                var built = run(List.of("env", "GOBIN=" + BIN, "CGO_ENABLED=0", "go", "install", MODULE));
                obstacle = built.exitCode() == 0 ? "" : built.output();
            } catch (IOException e) {
                obstacle = String.valueOf(e.getMessage());
            }
            if (!obstacle.isEmpty()) {
                System.err.println("SKIPPED Http2ConformanceTest: h2spec cannot be built: " + obstacle);
            }
            Assumptions.assumeTrue(obstacle.isEmpty(), "h2spec cannot be built");
        }
        return binary;
    }

    private static Adit.Ended run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Adit.Ended(process.waitFor(), output);
    }
}
