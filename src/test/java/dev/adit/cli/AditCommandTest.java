package dev.adit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.cli.mode.Mode;
import dev.adit.config.DrainPolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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
                        "--manifests=DIR", "Cluster:", "What is served:", "Listeners:", "Clients:", "Ending:");
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
    void what_is_like_nothing_is_refused_without_a_guess() {
        assertThat(refused("serve", "zzzzzzzz")).doesNotContain("Did you mean");
    }
}
