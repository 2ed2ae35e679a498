package dev.adit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/options.md} is made from the command line; {@code make golden} writes it again. */
class OptionsPageTest {
    private static final Path PAGE = Path.of("docs/options.md");
    private static final Pattern DEFAULT = Pattern.compile(" \\[(?:(ADIT_[A-Z0-9_]+); )?default: (.*)]$");
    private static final String HEAD = """
            # Options

            Every option of every command, with its environment variable and its default. An option that is given comes before
            the variable. The Helm chart takes the options of `adit serve` under `config`, by their names without the dashes.

            Times have a unit (`500ms`, `30s`, `5m`); a number alone is seconds. Sizes are bytes, or have a unit (`16Ki`, `1Mi`).

            Every command ends with 0 where it did what it was asked, with 1 where it could not or found something (`check`: a fault; `migrate`: something that is not served alike;
            `diff` and `compare`: a difference), and with 2 where its arguments are wrong. `adit serve` ends with 0 after a SIGTERM.

            Made from the command line by `make golden`.
            """;

    @Test
    void the_page_says_what_the_command_line_says() throws IOException {
        var page = new StringBuilder(HEAD);
        for (var command : AditCommand.line().getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                describe(command, page);
            }
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page.toString()).isEqualTo(Files.readString(PAGE));
    }

    private static void describe(CommandLine command, StringBuilder page) {
        var spec = command.getCommandSpec();
        page.append("\n## adit ").append(spec.name()).append("\n\n");
        page.append(String.join(" ", spec.usageMessage().description())).append("\n");
        for (var argument : spec.positionalParameters()) {
            page.append("\n`%s`: %s.%n".formatted(argument.paramLabel(), cell(argument.description())));
        }
        if (spec.name().equals("demo")) {
            page.append("\nIt takes the options of `adit serve` that do not need a cluster.\n");
            return;
        }
        var options =
                spec.options().stream().filter(option -> !isStandard(option)).toList();
        if (!options.isEmpty()) {
            page.append("\n| option | what it does | environment | default |\n|---|---|---|---|\n");
            options.forEach(option -> page.append(row(option)));
        }
    }

    private static boolean isStandard(OptionSpec option) {
        return List.of("--help", "--version").contains(option.longestName());
    }

    private static String row(OptionSpec option) {
        var text = cell(option.description());
        var ending = DEFAULT.matcher(text);
        var known = ending.find();
        var label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return "| `%s%s` | %s | %s | %s |%n"
                .formatted(
                        String.join("`, `", option.names()),
                        label.replace("|", "\\|"),
                        known ? text.substring(0, ending.start()) : text,
                        known && ending.group(1) != null ? "`" + ending.group(1) + "`" : "",
                        known ? ending.group(2) : "");
    }

    private static String cell(String... text) {
        return String.join(" ", text).replace("%n", " ").replace("%%", "%").replace("|", "\\|");
    }
}
