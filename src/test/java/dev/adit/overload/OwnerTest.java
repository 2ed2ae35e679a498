package dev.adit.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerTest {
    private static final Object CONNECTION = new Object();

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8::5dc",
        "2001:db8::1, [2001:db8::2]:443",
        "192.0.2.1, 192.0.2.1:50123",
        "192.0.2.1, ::ffff:192.0.2.1"
    })
    void these_addresses_are_of_one_client(String one, String other) {
        assertThat(owner(one)).isEqualTo(owner(other));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1, 2001:db8:0:1::1", "192.0.2.1, 192.0.2.2", "unknown, _hidden", "a:b:c, a:b:d"})
    void these_are_not(String one, String other) {
        assertThat(owner(one)).isNotEqualTo(owner(other));
    }

    @Test
    void what_is_no_address_stands_for_itself() {
        assertThat(owner("[").address()).isEqualTo("[");
        assertThat(owner("[:").address()).isEqualTo("[:");
        assertThat(owner(":").address()).isEqualTo(":");
        assertThat(owner("").address()).isEmpty();
    }

    private static Owner owner(String address) {
        return new Owner(address, CONNECTION);
    }
}
