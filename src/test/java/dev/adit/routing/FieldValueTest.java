package dev.adit.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.routing.policy.FieldValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldValueTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "max-age=31536000; includeSubDomains", "a\tb", "!~"})
    void visible_ascii_with_blanks_inside_is_a_field_value(String text) {
        assertThat(FieldValue.of(text)).hasValue(new FieldValue(text));
        assertThat(new FieldValue(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "\ta",
                "a\r\nb",
                "a\nb",
                "a\rb",
                "a\u0000b",
                "a\u000bb",
                "a\u001bb",
                "a\u007fb",
                "\u00e4",
                "a\u010ab"
            })
    void nothing_else_is_one(String text) {
        assertThat(FieldValue.of(text)).isEmpty();
        assertThatThrownBy(() -> new FieldValue(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
