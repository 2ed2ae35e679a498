package dev.adit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.cli.mode.Mode;
import dev.adit.config.DrainPolicy;
import dev.adit.observe.log.LogSelection;
import dev.adit.observe.log.LogSelection.Statuses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AditCommandTest {
    private final StringWriter err = new StringWriter();

    private String refused(String... arguments) {
        var mode = AditCommand.parse(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
        assertThat(mode).isEqualTo(new Mode.Done(2));
        return err.toString();
    }

    @Test
    void a_command_that_is_misspelt_is_answered_with_the_one_that_was_meant() {
        assertThat(refused("explian", "shop.example.com"))
                .startsWith(
                        "adit: Unmatched arguments from index 0: 'explian', 'shop.example.com'. Did you mean explain")
                .endsWith("Try 'adit --help'.\n");
    }

    @Test
    void an_option_that_is_misspelt_is_answered_with_the_one_that_was_meant_and_the_help_of_its_command() {
        assertThat(refused("serve", "--manifest=x"))
                .contains("Did you mean --manifests")
                .endsWith("Try 'adit serve --help'.\n");
    }

    @Test
    void help_lists_options_under_headings_and_times_and_sizes_take_units() {
        var out = new StringWriter();
        AditCommand.parse(new PrintWriter(out, true), new PrintWriter(err), "serve", "--help");
        assertThat(out.toString())
                .containsSubsequence(
                        "--manifests=DIR",
                        "Cluster:",
                        "What is served:",
                        "Listeners:",
                        "Clients:",
                        "Access log:",
                        "Ending:");
        var mode = AditCommand.parse(
                new PrintWriter(out),
                new PrintWriter(err),
                "--drain-timeout=1m",
                "--drain-delay=0",
                "--head-timeout=7",
                "--max-target=8Ki");
        assertThat(mode).isInstanceOfSatisfying(Mode.Serve.class, serve -> {
            assertThat(serve.config().drain()).isEqualTo(new DrainPolicy(Duration.ZERO, Duration.ofMinutes(1)));
            assertThat(serve.config().clients().limits().head()).hasSeconds(7);
            assertThat(serve.config().clients().limits().targetBytes()).isEqualTo(8_192);
        });
        assertThat(refused("--head-timeout=soon"))
                .contains("'--head-timeout'", "'soon' is no time; use a number with a unit, such as 500ms, 30s or 5m");
    }

    @Test
    void a_shell_can_complete_commands_and_options() {
        var out = new StringWriter();
        assertThat(AditCommand.parse(new PrintWriter(out), new PrintWriter(err), "completion"))
                .isEqualTo(new Mode.Done(0));
        assertThat(out.toString()).contains("complete -F _complete_adit", "--access-log-format", "support-dump");
    }

    @Test
    void what_is_like_nothing_is_refused_without_a_guess() {
        assertThat(refused("serve", "zzzzzzzz")).doesNotContain("Did you mean");
    }

    @Test
    void an_access_log_is_what_its_options_say_and_none_without_them() {
        var out = new PrintWriter(new StringWriter());
        assertThat(AditCommand.parse(out, out, "serve"))
                .isInstanceOfSatisfying(
                        Mode.Serve.class,
                        serve -> assertThat(serve.config().observation().accessLog())
                                .isEmpty());
        var mode = AditCommand.parse(
                out,
                out,
                "--access-log=json",
                "--access-log-file=access.log",
                "--access-log-file-size=1Mi",
                "--access-log-files=0",
                "--access-log-status=404,5xx,301-308",
                "--access-log-slow=2s",
                "--access-log-sample=10");
        assertThat(mode).isInstanceOfSatisfying(Mode.Serve.class, serve -> {
            var log = serve.config().observation().accessLog().orElseThrow();
            assertThat(log.file()).contains(Path.of("access.log"));
            assertThat(log.fileBytes()).isEqualTo(1 << 20);
            assertThat(log.files()).isZero();
            assertThat(log.selection())
                    .isEqualTo(new LogSelection(
                            List.of(new Statuses(404, 404), new Statuses(500, 599), new Statuses(301, 308)),
                            Optional.of(Duration.ofSeconds(2)),
                            10));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --access-log-status=6xx             | '6xx'; use statuses such as 404, 4xx or 500-599
            --access-log-files=-1               | -1; use a number from 0
            --access-log-sample=0               | 0; use a number from 1
            --access-log-file=.                 | '.' is a folder; name a file in it
            --access-log-format=$http_cookie    | $http_cookie is a credential, which no log may have
            """)
    void an_option_of_the_access_log_that_is_wrong_says_what_is_right(String option, String why) {
        assertThat(refused("--access-log=nginx", option))
                .contains("Invalid value for option '" + option.replaceFirst("=.*", "") + "': " + why);
    }
}
