package dev.adit.kube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void a_message_keeps_its_beginning_and_its_end_however_long_the_value_is_that_it_quotes() {
        var problem = problem("field", "'" + "x".repeat(1_000_000) + "' is not valid; use 5");
        assertThat(problem.message().length()).isLessThan(800);
        assertThat(problem.message())
                .startsWith("'xxx")
                .endsWith("xxx' is not valid; use 5")
                .contains("characters]");
        assertThat(problem("f".repeat(1_000_000), "m").field().length()).isLessThan(250);
    }

    @Test
    void no_character_is_cut_in_two() {
        for (var i = 0; i < 4; i++) {
            var message = problem("field", "a".repeat(i) + "😀".repeat(1_000)).message();
            assertThat(message.codePoints()).noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
        }
    }

    @Test
    void what_is_added_to_a_shortened_message_does_not_shorten_it_again() {
        var problem = problem("field", "x".repeat(10_000));
        assertThat(problem.with(problem.message() + ". It stays as it was").message())
                .isEqualTo(problem.message() + ". It stays as it was");
    }

    private static Problem problem(String field, String message) {
        return new Problem("Ingress", new ObjectKey("ns", "i"), "", field, Problem.Reason.HOST_INVALID, message);
    }
}
