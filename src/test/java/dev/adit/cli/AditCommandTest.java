package dev.adit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.cli.mode.Mode;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    void what_is_like_nothing_is_refused_without_a_guess() {
        assertThat(refused("serve", "zzzzzzzz")).doesNotContain("Did you mean");
    }
}
