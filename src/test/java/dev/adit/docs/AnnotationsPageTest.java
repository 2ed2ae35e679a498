package dev.adit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.translate.annotation.adit.AditDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/annotations.md} is made from the registry; {@code make golden} writes it anew. */
class AnnotationsPageTest {
    private static final Path PAGE = Path.of("docs/annotations.md");
    private static final Path GOLDENS = Path.of("src/test/resources/golden");
    private static final String HEAD = """
            # Annotations

            What an Ingress can say beside its rules. Where *of* says *class*, the ConfigMap that the IngressClass names in
            `spec.parameters` can say it for every Ingress of the class that does not, under the name behind the slash.

            For a value that cannot be read, an Event on the Ingress names the annotation, the value and what is allowed; the last
            column says how the Ingress is served meanwhile. For an unknown name the Event suggests the nearest known one. If that
            one keeps clients out (`client-…`), the paths of the Ingress answer 503, since the author meant to keep clients out.

            Made from the registry (`translate.annotation`) by `make golden`.

            | annotation | of | value | without it | where the value is wrong |
            |---|---|---|---|---|
            """;

    @Test
    void the_page_says_what_the_registry_says() throws IOException {
        var page = new StringBuilder(HEAD);
        AditDialect.DIALECT
                .keys()
                .forEach(key -> page.append("| `adit.dev/%s` | %s | %s | %s | %s |%n"
                        .formatted(key.name(), key.scope(), key.doc(), key.otherwise(), key.onError())));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page.toString()).isEqualTo(Files.readString(PAGE));
    }

    @Test
    void every_annotation_is_in_a_golden() throws IOException {
        var manifests = new StringBuilder();
        try (var folders = Files.list(GOLDENS)) {
            for (var folder : folders.toList()) {
                manifests.append(Files.readString(folder.resolve("in.yaml")));
            }
        }
        assertThat(AditDialect.DIALECT.keys())
                .allMatch(key -> manifests.toString().contains("adit.dev/" + key.name()));
    }
}
