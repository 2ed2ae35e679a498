package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** h2spec, all of its cases, over TLS and without; built from its Go module once. */
class Http2ConformanceTest {
    private static final String MODULE = "github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible";
    private static final Pattern FAILED = Pattern.compile("× (.*)");

    // What is no preface is a request in HTTP/1 where both are served, and is answered as one.
    private static final List<String> NO_PREFACE = List.of("2: Sends invalid connection preface");

    @Test
    void http_2_is_served_to_the_letter_of_its_specification_with_and_without_tls(@TempDir Path manifests)
            throws Exception {
        var h2spec = Program.go("h2spec", MODULE);
        try (var backends = new Backends().service("web", 1)) {
            Files.writeString(manifests.resolve("web.yaml"), backends.manifests() + """
                    apiVersion: networking.k8s.io/v1
                    kind: Ingress
                    metadata: {name: web}
                    spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                    """);
            try (var adit = Adit.serving(manifests, "--h2c")) {
                var https = run(h2spec, adit.https(), "-t", "-k");
                var http = run(h2spec, adit.http());
                assertThat(https.output()).contains("145 tests, 145 passed");
                assertThat(FAILED.matcher(http.output()).results().map(found -> found.group(1)))
                        .isSubsetOf(NO_PREFACE);
                assertThat(http.output()).contains("145 tests, 144 passed");
            }
        }
    }

    private static Adit.Ended run(Path h2spec, int port, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(h2spec.toString(), "-h", "127.0.0.1", "-o", "20"));
        command.addAll(List.of("-p", Integer.toString(port)));
        command.addAll(List.of(more));
        return Program.run(command);
    }
}
