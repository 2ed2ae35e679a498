package dev.adit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.upstream.Balancing;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceKeyTest {
    private static final Balancing BY_ADDRESS = new Balancing.Hash(new Balancing.Key.ClientAddress());
    private static final RequestHead HEAD =
            new RequestHead("GET", "a.test", "a.test", "a.test", "/", "", new DefaultHttpHeaders(), true, List.of());

    @Test
    void behind_a_trusted_proxy_the_address_is_the_one_that_it_has_added_and_not_the_clients_own_line() {
        var proxy = new Client("10.0.0.1", false, true, null);
        assertThat(key(proxy, "6.6.6.6", "192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(key(proxy, "6.6.6.6, 192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(key(proxy, "6.6.6.6, 7.7.7.7", "8.8.8.8,192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(key(proxy)).isEqualTo("10.0.0.1");
    }

    @Test
    void what_others_say_of_themselves_does_not_count() {
        assertThat(key(new Client("192.0.2.9", false, false, null), "6.6.6.6")).isEqualTo("192.0.2.9");
    }

    private static String key(Client client, String... lines) {
        return BalanceKey.of(BY_ADDRESS, client, HEAD, _ -> List.of(lines));
    }
}
