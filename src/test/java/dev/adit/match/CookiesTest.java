package dev.adit.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CookiesTest {
    @Example
    void the_first_cookie_of_a_name_counts_without_the_blanks_around_it() {
        assertThat(Cookies.value("a=1; route = x=y ; route=z", "route")).isEqualTo("x=y");
        assertThat(Cookies.value("Route=x", "route")).isNull();
        assertThat(Cookies.valueInAnyCase("Route=x", "route")).isEqualTo("x");
        assertThat(Cookies.value(null, "route")).isNull();
    }

    @Property
    void a_field_is_read_as_pairs_between_semicolons_and_commas(@ForAll("fields") String field) {
        var expected = Arrays.stream(field.split("[;,]", -1))
                .filter(pair -> pair.indexOf('=') > 0
                        && pair.substring(0, pair.indexOf('=')).strip().equals("a"))
                .map(pair -> pair.substring(pair.indexOf('=') + 1).strip())
                .findFirst();
        assertThat(Cookies.value(field, "a")).isEqualTo(expected.orElse(null));
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.strings().withChars("ab=;, ").ofMaxLength(20);
    }
}
