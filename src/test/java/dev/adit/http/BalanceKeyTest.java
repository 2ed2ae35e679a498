package dev.adit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.upstream.Balancing;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceKeyTest {
    private static final Balancing BY_ADDRESS = new Balancing.Hash(new Balancing.Key.ClientAddress());
    private static final RequestHead HEAD = new RequestHead(
            "GET",
            "a.test",
            "a.test",
            "a.test",
            "/",
            "",
            new DefaultHttpHeaders(),
            true,
            List.of(),
            new RequestHead.Manner(true, "", "", "", ""));

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

    @Test
    void a_text_with_variables_is_what_they_are_for_the_request() {
        var client = new Client("192.0.2.9", false, false, null);
        var head = new RequestHead(
                "GET",
                "a.test:80",
                "a.test:80",
                "a.test",
                "/p",
                "?q=$uri",
                new DefaultHttpHeaders(),
                true,
                List.of(),
                new RequestHead.Manner(true, "", "", "", ""));
        var balancing = new Balancing.Hash(
                new Balancing.Key.Template("$host${uri}|$request_uri|$remote_addr|$http_x_team|$cookie_s|$none|$"));
        var key = BalanceKey.of(balancing, client, head, name -> switch (name) {
            case "x-team" -> List.of("blue", "red");
            case "cookie" -> List.of("a=b; s=1");
            default -> List.of();
        });
        assertThat(key).isEqualTo("a.test/p|/p?q=$uri|192.0.2.9|blue, red|1||$");
    }

    private static String key(Client client, String... lines) {
        return BalanceKey.of(BY_ADDRESS, client, HEAD, _ -> List.of(lines));
    }
}
