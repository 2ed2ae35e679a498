package dev.adit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of packages in the manual says what the packages and {@link ArchitectureTest} say; see {@code make golden}. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final String HEAD = "| package | what it does | may know |\n|---|---|---|\n";
    private static final Pattern TABLE = Pattern.compile(Pattern.quote(HEAD) + "(?:\\|.*\n)*");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern ADR = Pattern.compile("ADR ([0-9]+)");

    @Test
    void the_table_of_packages_says_what_the_code_says() throws IOException {
        var page = Files.readString(PAGE);
        var table = TABLE.matcher(page);
        assertThat(table.find()).as("there is a table of packages").isTrue();
        var rewritten = page.substring(0, table.start()) + table() + page.substring(table.end());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, rewritten);
        }
        assertThat(rewritten).isEqualTo(Files.readString(PAGE));
    }

    private static String table() throws IOException {
        var rows = new StringBuilder(HEAD);
        for (var entry : new TreeMap<>(ArchitectureTest.MAY_IMPORT).entrySet()) {
            rows.append("| `")
                    .append(entry.getKey())
                    .append("` | ")
                    .append(description(entry.getKey()))
                    .append(" | ")
                    .append(String.join(", ", entry.getValue().stream().sorted().toList()))
                    .append(" |\n");
        }
        return rows.toString();
    }

    private static String description(String name) throws IOException {
        var file = Path.of("src/main/java/dev/adit", name.replace('.', '/'), "package-info.java");
        var javadoc = JAVADOC.matcher(Files.readString(file));
        assertThat(javadoc.find()).as(file.toString()).isTrue();
        var text = javadoc.group(1).replaceAll("\\s*\n \\*\\s*", " ").strip();
        var code = text.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`");
        return ADR.matcher(code).replaceAll(match -> adr(match.group(1)));
    }

    private static String adr(String number) {
        try (var files = Files.list(Path.of("docs/adr"))) {
            var prefix = "0".repeat(4 - number.length()) + number + "-";
            var file = files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
            return "[ADR " + number + "](adr/" + file + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
