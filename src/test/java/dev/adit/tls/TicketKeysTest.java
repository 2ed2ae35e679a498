package dev.adit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketKeysTest {
    private static final String FIRST = secret('1');
    private static final String SECOND = secret('2');

    @Test
    void the_first_secret_encrypts_and_the_others_decrypt() {
        var both = keys(FIRST + "\n# of yesterday\n\n" + SECOND + "\n", "a.test");
        assertThat(both).hasSize(2);
        assertThat(both.get(0)).isEqualTo(keys(FIRST, "a.test").getFirst());
        assertThat(both.get(1)).isEqualTo(keys(SECOND, "a.test").getFirst());
    }

    @Test
    void no_two_contexts_have_a_key_in_common() {
        assertThat(keys(FIRST, "a.test", ""))
                .doesNotContainAnyElementsOf(keys(FIRST, "b.test", ""))
                .doesNotContainAnyElementsOf(keys(FIRST, "a.test", "a.test"))
                .doesNotContainAnyElementsOf(keys(FIRST, "", "a.test"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''            | it holds no secret",
                "# nothing     | it holds no secret",
                "not base 64   | line 1 is not Base64",
                "c2hvcnQ=      | line 1 holds 5 bytes, and a secret has at least 32",
            })
    void a_file_that_is_no_list_of_secrets_is_refused_without_showing_them(String text, String reason) {
        assertThatThrownBy(() -> TicketKeys.parse(text)).hasMessage(reason);
    }

    @Test
    void there_are_sixteen_secrets_at_most() {
        assertThat(keys((FIRST + "\n").repeat(16), "a.test")).hasSize(16);
        assertThatThrownBy(() -> TicketKeys.parse((FIRST + "\n").repeat(17)))
                .hasMessage("it holds more than 16 secrets");
    }

    @Test
    void what_is_said_of_them_shows_none() {
        assertThat(TicketKeys.parse(FIRST)).hasToString("1 secret");
        assertThat(TicketKeys.parse(FIRST + "\n" + SECOND)).hasToString("2 secrets");
    }

    private static List<String> keys(String text, String... hosts) {
        return List.of(TicketKeys.parse(text).of(List.of(hosts), List.of(), Set.of())).stream()
                .map(key -> text(key.name()) + text(key.hmacKey()) + text(key.aesKey()))
                .toList();
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String secret(char of) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(of).repeat(48).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
