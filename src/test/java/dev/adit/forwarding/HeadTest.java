package dev.adit.forwarding;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.ClientVersion;
import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads and fields, in both directions. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#all")
class HeadTest extends WireTest {
    private final BlockingQueue<Seen> requests = new LinkedBlockingQueue<>();

    private record Seen(String line, MultiMap fields) {}

    @Test
    void the_endpoint_gets_the_method_the_target_and_the_host_that_the_client_sent() throws Exception {
        wire.endpoint(this::seen);
        assertThat(await(Wire.answer(wire.request(HttpMethod.PATCH, "/a%20b?c=%2f&d"), Buffer.buffer("x")))
                        .status())
                .isEqualTo(200);
        assertThat(next().line()).isEqualTo("PATCH a.test /a%20b?c=%2f&d");
    }

    @Test
    void the_endpoint_gets_every_line_of_a_field_in_order() throws Exception {
        wire.endpoint(this::seen);
        var request = wire.request(HttpMethod.GET, "/");
        request.headers().add("x-list", "one").add("x-other", "").add("x-list", "two");
        request.headers().add("cookie", "a=1; b=2");
        await(Wire.answer(request, Buffer.buffer()));
        var fields = next().fields();
        assertThat(fields.getAll("x-list")).containsExactly("one", "two");
        assertThat(fields.getAll("x-other")).containsExactly("");
        assertThat(fields.getAll("cookie")).containsExactly("a=1; b=2");
    }

    @Test
    void the_endpoint_learns_who_the_client_is_and_what_it_asked_for() throws Exception {
        wire.endpoint(this::seen);
        var request = wire.request(HttpMethod.GET, "/");
        request.headers()
                .add("x-forwarded-for", "6.6.6.6")
                .add("x-forwarded-proto", "gopher")
                .add("x-real-ip", "6.6.6.6")
                .add("x_forwarded_host", "evil")
                .add("forwarded", "for=6.6.6.6")
                .add("x-forwarded-prefix", "/evil");
        await(Wire.answer(request, Buffer.buffer()));
        var fields = next().fields();
        var isSecure = versions.client() == ClientVersion.HTTP2;
        assertThat(fields.getAll("x-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(fields.getAll("x-forwarded-proto")).containsExactly(isSecure ? "https" : "http");
        assertThat(fields.getAll("x-forwarded-host")).containsExactly("a.test");
        assertThat(fields.getAll("x-forwarded-port")).containsExactly(isSecure ? "443" : "80");
        assertThat(fields.names()).doesNotContain("forwarded", "x-forwarded-prefix", "x_forwarded_host");
        assertThat(fields.toString()).doesNotContain("6.6.6.6");
        assertThat(fields.getAll("via")).singleElement().asString().endsWith(" adit");
    }

    @Test
    void fields_of_the_client_s_connection_stay_on_it() throws Exception {
        wire.endpoint(this::seen);
        var request = wire.request(HttpMethod.GET, "/");
        request.headers().add("proxy-authorization", "Basic eA==").add("x-kept", "1");
        if (versions.client() == ClientVersion.HTTP1) {
            request.headers().add("connection", "x-mine").add("x-mine", "1").add("keep-alive", "timeout=1");
            request.headers().add("te", "gzip");
        }
        await(Wire.answer(request, Buffer.buffer()));
        var fields = next().fields();
        assertThat(fields.names())
                .contains("x-kept")
                .doesNotContain("proxy-authorization", "x-mine", "keep-alive", "te");
        assertThat(fields.getAll("connection")).doesNotContain("x-mine");
    }

    @Test
    void the_client_gets_the_status_and_every_line_of_a_field_in_order() throws Exception {
        wire.endpoint(request -> {
            var fields = request.response().setStatusCode(418).headers();
            fields.add("set-cookie", "a=1")
                    .add("x-empty", "")
                    .add("set-cookie", "b=2")
                    .add("location", "/elsewhere");
            request.response().end("tea");
        });
        var answer = wire.get("/");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.text()).isEqualTo("tea");
        assertThat(answer.response().headers().getAll("set-cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.response().headers().getAll("x-empty")).containsExactly("");
        assertThat(answer.response().getHeader("location")).isEqualTo("/elsewhere");
        assertThat(answer.response().getHeader("content-length")).isEqualTo("3");
    }

    @Test
    void fields_of_the_endpoint_s_connection_stay_on_it() throws Exception {
        wire.endpoint(request -> {
            var fields = request.response().headers().add("x-kept", "1");
            if (!versions.endpoint().isHttp2()) {
                fields.add("connection", "x-hop").add("x-hop", "1").add("keep-alive", "timeout=5");
            }
            fields.add("proxy-authenticate", "Basic");
            request.response().end();
        });
        var fields = wire.get("/").response().headers();
        assertThat(fields.names()).contains("x-kept").doesNotContain("x-hop", "keep-alive", "proxy-authenticate");
    }

    @Test
    void options_for_no_more_hops_are_answered_and_others_lose_a_hop() throws Exception {
        wire.endpoint(this::seen);
        var last = wire.request(HttpMethod.OPTIONS, "/").putHeader("max-forwards", "0");
        assertThat(await(Wire.answer(last, Buffer.buffer())).response().getHeader("allow"))
                .contains("GET");
        var other = wire.request(HttpMethod.OPTIONS, "/").putHeader("max-forwards", "2");
        await(Wire.answer(other, Buffer.buffer()));
        assertThat(next().fields().get("max-forwards")).isEqualTo("1");
        assertThat(requests).isEmpty();
    }

    private void seen(HttpServerRequest request) {
        var line = request.method() + " " + request.authority() + " " + request.uri();
        requests.add(new Seen(line, MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
        request.response().end();
    }

    private Seen next() throws InterruptedException {
        var seen = requests.poll(10, TimeUnit.SECONDS);
        assertThat(seen).as("a request at the endpoint").isNotNull();
        return seen;
    }
}
