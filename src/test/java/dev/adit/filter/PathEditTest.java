package dev.adit.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.PathMatch;
import dev.adit.routing.Regex;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.Rewrite;
import dev.adit.testbed.ClientVersion;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Redirects and rewrites. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#clients")
class PathEditTest extends FilterTest {
    @Test
    void a_rewrite_of_the_host_reaches_the_endpoint_which_still_learns_the_original() throws Exception {
        route(new PathMatch.Prefix("/"), new Rewrite(Optional.of("inner.test"), Optional.empty()));
        assertThat(wire.get("/x?y").text()).isEqualTo("inner.test /x?y");
        assertThat(next().getHeader("x-forwarded-host")).isEqualTo("a.test");
    }

    @Test
    void a_rewrite_may_replace_the_whole_path_and_keeps_the_query() throws Exception {
        route(new PathMatch.Prefix("/shop"), rewrite(new PathEdit.Full("/all")));
        assertThat(wire.get("/shop/cart?id=1").text()).isEqualTo("a.test /all?id=1");
    }

    @Test
    void a_rewrite_may_replace_the_prefix_that_matched() throws Exception {
        route(new PathMatch.Prefix("/shop"), rewrite(new PathEdit.Prefix("/v2/")));
        assertThat(wire.get("/shop/cart?id=1").text()).isEqualTo("a.test /v2/cart?id=1");
        assertThat(wire.get("/shop").text()).isEqualTo("a.test /v2");
        assertThat(wire.get("/shop/").text()).isEqualTo("a.test /v2/");
        route(new PathMatch.Prefix("/shop/"), rewrite(new PathEdit.Prefix("/")));
        assertThat(wire.get("/shop/cart").text()).isEqualTo("a.test /cart");
        assertThat(wire.get("/shop").text()).isEqualTo("a.test /");
    }

    @Test
    void a_rewrite_may_use_the_groups_of_a_regular_expression() throws Exception {
        route(regex("/user/([^/]+)/(.*)"), rewrite(new PathEdit.Groups("/$2/of/$1")));
        assertThat(wire.get("/user/ann/cart%20x?q").text()).isEqualTo("a.test /cart%20x/of/ann?q");
    }

    @Test
    void a_rewrite_to_what_is_no_path_reaches_no_endpoint() throws Exception {
        route(regex("/(.*)"), rewrite(new PathEdit.Groups("$1")));
        var answer = wire.get("/x");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(requests).isEmpty();
    }

    @Test
    void a_redirect_keeps_of_the_url_what_it_does_not_change() throws Exception {
        var scheme = versions.client() == ClientVersion.HTTP2 ? "https" : "http";
        route(new PathMatch.Prefix("/shop"), redirect(Optional.empty(), Optional.of(new PathEdit.Prefix("/store"))));
        var answer = wire.get("/shop/cart?id=1");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.response().getHeader("location")).isEqualTo(scheme + "://a.test/store/cart?id=1");
        route(new PathMatch.Prefix("/"), redirect(Optional.of("b.test"), Optional.empty()));
        assertThat(wire.get("/x?y").response().getHeader("location")).isEqualTo(scheme + "://b.test/x?y");
        assertThat(requests).isEmpty();
    }

    @Test
    void a_redirect_to_another_scheme_and_port_says_both() throws Exception {
        route(
                new PathMatch.Prefix("/"),
                new Redirect(Optional.of("https"), Optional.empty(), OptionalInt.of(8443), Optional.empty(), 308));
        var answer = wire.get("/x");
        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.response().getHeader("location")).isEqualTo("https://a.test:8443/x");
        route(
                new PathMatch.Prefix("/"),
                new Redirect(Optional.of("https"), Optional.empty(), OptionalInt.of(443), Optional.empty(), 301));
        assertThat(wire.get("/x").response().getHeader("location")).isEqualTo("https://a.test/x");
    }

    private static Redirect redirect(Optional<String> host, Optional<PathEdit> path) {
        return new Redirect(Optional.empty(), host, OptionalInt.empty(), path, 302);
    }

    private static Rewrite rewrite(PathEdit path) {
        return new Rewrite(Optional.empty(), Optional.of(path));
    }

    private static PathMatch regex(String text) {
        return switch (Regex.parse(text)) {
            case Regex.Parsed.Valid(var regex) -> new PathMatch.Regex(regex);
            case Regex.Parsed.Invalid(var reason) -> throw new IllegalArgumentException(reason);
        };
    }
}
