package dev.adit.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestCredentialsTest {
    /** A hundred times as long as it takes, and a tenth of what it would take to look for a parameter at each place. */
    @ParameterizedTest
    @ValueSource(strings = {"a", ",", "a=", "a=\"", " ", "a=b,"})
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void whatever_a_client_sends_is_read_once(String part) {
        var field = "Digest " + part.repeat(8_000 / part.length());
        for (var i = 0; i < 1_000; i++) {
            assertThat(DigestCredentials.of(List.of(field))).isEmpty();
        }
    }
}
