package dev.adit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/ingress.md} is made from {@code ingress-rules.tsv}; {@code make golden} writes it anew. */
class IngressPageTest {
    private static final Path RULES = Path.of("src/test/resources/ingress-rules.tsv");
    private static final Path PAGE = Path.of("docs/ingress.md");
    private static final String GOLDEN = "golden/";
    private static final List<Path> ROOTS = List.of(Path.of("src/test/java"), Path.of("native-tests/src/test/java"));
    private static final String HEAD = """
            # Ingress v1, rule by rule

            Every row is held by the tests it names; a golden is a folder with the manifests, and what they mean. Made from
            `src/test/resources/ingress-rules.tsv` by `make golden`; `make test` fails where a test is gone, or a golden is in no row.

            Not served: resource backends (503, with an Event).
            """;

    private final List<String> missing = new ArrayList<>();
    private final HashSet<String> goldens = new HashSet<>();

    @Test
    void every_rule_names_tests_that_exist_and_every_golden_has_a_rule() throws IOException {
        var page = new StringBuilder(HEAD);
        for (var line : Files.readAllLines(RULES)) {
            var cells = line.split("\t", -1);
            if (cells.length == 1) {
                page.append("\n## ").append(line).append("\n\n| rule | tests |\n|---|---|\n");
            } else {
                page.append("| ")
                        .append(cells[0])
                        .append(" | ")
                        .append(links(cells[1]))
                        .append(" |\n");
            }
        }
        assertThat(missing).isEmpty();
        try (var folders = Files.list(Path.of("src/test/resources/golden"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).allMatch(goldens::contains);
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page.toString()).isEqualTo(Files.readString(PAGE));
    }

    private String links(String tests) throws IOException {
        var links = new ArrayList<String>();
        for (var test : tests.split(", ", -1)) {
            var file = test.startsWith(GOLDEN) ? golden(test) : source(test);
            var name =
                    test.contains("#") ? test.substring(test.indexOf('#') + 1).replace('_', ' ') : test;
            links.add("[" + name + "](../" + file + ")");
        }
        return String.join("<br>", links);
    }

    private String golden(String test) {
        goldens.add(test.substring(GOLDEN.length()));
        var folder = Path.of("src/test/resources", test);
        if (!Files.isDirectory(folder)) {
            missing.add(test);
        }
        return folder.toString();
    }

    private String source(String test) throws IOException {
        var type = test.contains("#") ? test.substring(0, test.indexOf('#')) : test;
        for (var root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                var found = files.filter(f -> f.getFileName().toString().equals(type + ".java"))
                        .findFirst();
                if (found.isPresent()) {
                    var method = test.contains("#") ? "void " + test.substring(test.indexOf('#') + 1) + "(" : "class ";
                    if (!Files.readString(found.get()).contains(method)) {
                        missing.add(test);
                    }
                    return found.get().toString();
                }
            }
        }
        missing.add(test);
        return "";
    }
}
