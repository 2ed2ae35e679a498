package dev.adit.downstream.listener;

import static dev.adit.testbed.Http2Client.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.TrustedPeers;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.Policy;
import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a route asks of the connection: a redirect to TLS, and Strict-Transport-Security on it. */
class TransportTest {
    private static final List<Policy> BOTH = List.of(new HttpsRedirect(), new Hsts(new FieldValue("max-age=31536000")));
    private static final String OK =
            "HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=1\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET /a?b=c HTTP/1.1\r\nHost: shop.test:8080\r\nConnection: close\r\n";

    private final Http2Client client = new Http2Client();
    private RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
        client.close();
    }

    @Test
    void a_client_does_not_claim_tls_before_a_trusted_proxy_that_says_otherwise() throws Exception {
        var policy = new ClientPolicy(Limits.DEFAULT, TrustedPeers.parse(List.of("127.0.0.0/8")), false, false);
        try (var behind = new RunningProxy(policy)) {
            behind.route(List.of(new HttpsRedirect()), 1);
            for (var fields : List.of(
                    "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n", "X-Forwarded-Proto: https, http\r\n")) {
                var request = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n" + fields + "\r\n";
                assertThat(RawClient.exchange(behind.http(), request)).startsWith("HTTP/1.1 308 ");
                var upgrade = request.replace("close", "close, Upgrade\r\nUpgrade: websocket");
                assertThat(RawClient.exchange(behind.http(), upgrade)).startsWith("HTTP/1.1 308 ");
            }
        }
    }

    @Test
    void a_plain_request_is_sent_to_the_same_url_with_tls() throws Exception {
        proxy.route(BOTH, 1);
        assertThat(RawClient.exchange(proxy.http(), GET + "\r\n"))
                .startsWith("HTTP/1.1 308 Permanent Redirect\r\n")
                .contains("\r\nlocation: https://shop.test/a?b=c\r\n")
                .doesNotContainIgnoringCase("strict-transport");
    }

    @Test
    void a_location_is_a_url_whatever_the_target_was() throws Exception {
        proxy.route(BOTH, 1);
        var request = "GET /%e4?q=<\u00ff>\"'&%zz HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n";
        assertThat(RawClient.exchange(proxy.http(), request))
                .contains("\r\nlocation: https://shop.test/%E4?q=%3C%FF%3E%22'&%zz\r\n");
    }

    @Test
    void a_request_without_host_has_no_url_to_be_sent_to() throws Exception {
        proxy.route(BOTH, 1);
        assertThat(RawClient.exchange(proxy.http(), "GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void a_response_over_tls_says_so_in_the_place_of_the_endpoint() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(BOTH, origin.port());
            var http2 = answer(client.request(proxy.https(), HttpMethod.GET, "/"));
            assertThat(http2.body()).isEqualTo("ok");
            assertThat(http2.response().headers().getAll("strict-transport-security"))
                    .containsExactly("max-age=31536000");
            var http1 = answer(client.requestHttp1(proxy.https(), "/"));
            assertThat(http1.response().headers().getAll("strict-transport-security"))
                    .containsExactly("max-age=31536000");
        }
    }

    @Test
    void a_request_that_came_to_a_trusted_proxy_by_tls_is_not_redirected() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.close();
            var trusted = TrustedPeers.parse(List.of("127.0.0.0/8"));
            proxy = new RunningProxy(new ClientPolicy(Limits.DEFAULT, trusted, false, false));
            proxy.route(BOTH, origin.port());
            assertThat(RawClient.exchange(proxy.http(), GET + "X-Forwarded-Proto: https\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK");
            assertThat(RawClient.exchange(proxy.http(), GET + "X-Forwarded-Proto: http\r\n\r\n"))
                    .startsWith("HTTP/1.1 308 ");
        }
    }
}
