package dev.adit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who adds an annotation of ingress-nginx adds its golden and its feature test. */
class IngressNginxTestsTest {
    private static final String GOLDENS = texts(Path.of("src/test/resources/golden"), "in.yaml");
    private static final String FEATURES = texts(Path.of("src/test/java/dev/adit/feature"), "Test.java");

    private static String texts(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(IngressNginxTestsTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> served() {
        return NginxDialect.DIALECT.keys().stream()
                .filter(key -> key.fidelity() instanceof Fidelity.Exact || key.fidelity() instanceof Fidelity.Differs)
                .map(AnnotationKey::name);
    }

    @ParameterizedTest
    @MethodSource("served")
    void an_annotation_that_is_served_is_in_a_golden_and_in_a_feature_test(String name) {
        var whole = Pattern.compile("(?<![-A-Za-z])" + Pattern.quote(name) + "[\"']?:");
        assertThat(whole.matcher(GOLDENS).find()).as("%s in a golden", name).isTrue();
        assertThat(whole.matcher(FEATURES).find())
                .as("%s in a feature test", name)
                .isTrue();
    }
}
