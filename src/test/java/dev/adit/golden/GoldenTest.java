package dev.adit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.files.DirectorySource;
import dev.adit.routing.text.RoutingText;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code in.yaml} means {@code routes.txt} and {@code status.txt}; {@code make golden} writes them anew. */
class GoldenTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path manifests;

    static Stream<String> cases() throws IOException {
        try (var directories = Files.list(GOLDEN)) {
            return directories.map(d -> d.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void manifests_mean_these_routes_and_this_status(String name) throws Exception {
        var directory = GOLDEN.resolve(name);
        Files.copy(directory.resolve("in.yaml"), manifests.resolve("in.yaml"));
        var options = TranslationOptions.of(TranslationOptions.CLASS);
        var translation = new Assembler(options).translate(read(manifests), NOW);
        var routes =
                RoutingText.of(translation.table(), translation.endpoints()).toString();
        compare(directory.resolve("routes.txt"), routes);
        compare(directory.resolve("status.txt"), status(translation));
    }

    private static KubeSnapshot read(Path directory) throws InterruptedException {
        var implied = IngressClass.of(TranslationOptions.CLASS, TranslationOptions.CONTROLLER, true);
        var loaded = new CountDownLatch(1);
        try (var source = new DirectorySource(directory, implied)) {
            source.start(loaded::countDown);
            assertThat(loaded.await(30, TimeUnit.SECONDS)).isTrue();
            return source.snapshot();
        }
    }

    private static String status(Translation translation) {
        var own = translation.own().stream().map(i -> "own " + i.key());
        var problems = translation.problems().stream().map(p -> "problem " + p);
        return Stream.concat(own, problems).collect(Collectors.joining("\n", "", "\n"));
    }

    private static void compare(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
