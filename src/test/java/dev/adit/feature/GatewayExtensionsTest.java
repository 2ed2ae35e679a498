package dev.adit.feature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Reply;
import dev.adit.testbed.RunningProxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Gateways serve beyond what the API asks of every implementation, from the manifests to the wire. */
class GatewayExtensionsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nAccess-Control-Allow-Origin: *\r\n\r\nok";
    private static final String ASK = "%s %s HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n%s\r\n";
    private static final String PAGE = "Origin: https://page.a.test\r\n";

    private static String manifests(String rule, int port) {
        return Adit.HTTP_GATEWAY + """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: app}
                spec:
                  parentRefs: [{name: edge}]
                  rules: [%s]
                """.formatted(rule) + Adit.service("web", port);
    }

    private static String cors(String settings) {
        return "{filters: [{type: CORS, cors: {" + settings + "}}], backendRefs: [{name: web, port: 80}]}";
    }

    private static Reply preflight(Adit adit, String origin) throws Exception {
        return adit.send(ASK.formatted(
                "OPTIONS",
                "/",
                "Origin: " + origin
                        + "\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a\r\n"));
    }

    @Test
    void a_page_of_an_origin_that_is_allowed_learns_what_it_may_do() throws Exception {
        var rule = cors("allowOrigins: ['https://*.a.test'], allowMethods: [GET, PUT], allowHeaders: [x-a],"
                + " exposeHeaders: [x-b], allowCredentials: true, maxAge: 60");
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(rule, web.port()))) {
            var allowed = preflight(adit, "https://page.a.test");
            assertThat(allowed.status()).isEqualTo(204);
            assertThat(allowed.field("access-control-allow-origin")).isEqualTo("https://page.a.test");
            assertThat(allowed.field("access-control-allow-methods")).isEqualTo("GET, PUT");
            assertThat(allowed.field("access-control-allow-headers")).isEqualTo("x-a");
            assertThat(allowed.field("access-control-allow-credentials")).isEqualTo("true");
            assertThat(allowed.field("access-control-max-age")).isEqualTo("60");
            var refused = preflight(adit, "https://page.b.test");
            assertThat(refused.status()).isEqualTo(204);
            assertThat(refused.field("access-control-allow-origin")).isNull();
            assertThat(web.heads()).isEmpty();
        }
    }

    @Test
    void what_an_endpoint_says_of_other_origins_is_for_nobody() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(cors("allowOrigins: ['https://page.a.test']"), web.port()))) {
            assertThat(adit.send(ASK.formatted("GET", "/", PAGE)).field("access-control-allow-origin"))
                    .isEqualTo("https://page.a.test");
            var other = adit.send(ASK.formatted("GET", "/", "Origin: https://b.test\r\n"));
            assertThat(other.status()).isEqualTo(200);
            assertThat(other.field("access-control-allow-origin")).isNull();
        }
    }

    @Test
    void with_credentials_no_star_is_answered() throws Exception {
        var rule = cors("allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'], allowCredentials: true");
        try (var web = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(rule, web.port()))) {
            var allowed = preflight(adit, "https://anything.test:8443");
            assertThat(allowed.field("access-control-allow-origin")).isEqualTo("https://anything.test:8443");
            assertThat(allowed.field("access-control-allow-methods")).isEqualTo("PUT");
            assertThat(allowed.field("access-control-allow-headers")).isEqualTo("x-a");
        }
    }

    @Test
    void a_client_with_the_cookie_of_a_session_stays_at_its_endpoint() throws Exception {
        var rule = "{matches: [{path: {value: /shop}}], sessionPersistence: {sessionName: seat},"
                + " backendRefs: [{name: web, port: 80}, {name: next, port: 80}]}";
        try (var web = RawOrigin.answering(OK);
                var next = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(rule, web.port()) + Adit.service("next", next.port()))) {
            var cookie = String.valueOf(adit.get("a.test/shop").field("set-cookie"));
            assertThat(cookie).startsWith("seat=").contains("; Path=/shop; HttpOnly");
            var first = web.heads().size();
            var ask =
                    ASK.formatted("GET", "/shop/cart", "Cookie: " + cookie.substring(0, cookie.indexOf(';')) + "\r\n");
            for (var i = 0; i < 20; i++) {
                assertThat(adit.send(ask).field("set-cookie")).isNull();
            }
            assertThat(web.heads()).hasSize(21 * first);
            assertThat(next.heads()).hasSize(21 * (1 - first));
        }
    }

    @Test
    void each_mirror_gets_a_copy_with_the_body() throws Exception {
        var mirror = "{type: RequestMirror, requestMirror: {backendRef: {name: %s, port: 80}}}";
        var never = "{type: RequestMirror, requestMirror: {backendRef: {name: third, port: 80}, percent: 0}}";
        var rule = "{filters: [" + mirror.formatted("first") + ", " + mirror.formatted("second") + ", " + never
                + "], backendRefs: [{name: web, port: 80}]}";
        try (var web = RawOrigin.answering(OK);
                var first = RawOrigin.answering(OK);
                var second = RawOrigin.answering(OK);
                var third = RawOrigin.answering(OK);
                var adit = Adit.serving(manifests(rule, web.port())
                        + Adit.service("first", first.port())
                        + Adit.service("second", second.port())
                        + Adit.service("third", third.port()))) {
            var body = "POST /x HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc";
            assertThat(adit.send(body).status()).isEqualTo(200);
            assertThat(first.head()).startsWith("POST /x HTTP/1.1\r\n").containsIgnoringCase("content-length: 3");
            assertThat(second.head()).startsWith("POST /x HTTP/1.1\r\n").containsIgnoringCase("content-length: 3");
            assertThat(third.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 200, 3", "1, 500, 2", "0, 500, 1"})
    void a_request_is_sent_again_after_a_code_as_often_as_the_route_says(int attempts, int status, int tries)
            throws Exception {
        var asked = new AtomicInteger();
        var rule = "{retry: {codes: [500], attempts: " + attempts
                + ", backoff: 10ms}, backendRefs: [{name: web, port: 80}]}";
        try (var web = new RawOrigin((_, socket) -> {
                    var answer = asked.incrementAndGet() < 3 ? "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" : OK;
                    socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                });
                var adit = Adit.serving(manifests(rule, web.port()))) {
            assertThat(adit.get("a.test/").status()).isEqualTo(status);
            assertThat(asked).hasValue(tries);
        }
    }

    @Test
    void a_client_that_goes_while_a_retry_waits_is_asked_for_no_more() throws Exception {
        var asked = new AtomicInteger();
        var rule = "{retry: {codes: [500], attempts: 9, backoff: 200ms}, backendRefs: [{name: web, port: 80}]}";
        try (var web = new RawOrigin((_, socket) -> {
                    asked.incrementAndGet();
                    socket.getOutputStream()
                            .write("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                });
                var adit = Adit.serving(manifests(rule, web.port()))) {
            try (var client = new RawClient(port(adit))) {
                client.send(ASK.formatted("GET", "/", ""));
                web.head();
            }
            // One that comes later is answered after nine more tries of its own.
            assertThat(adit.get("a.test/").status()).isEqualTo(500);
            assertThat(asked.get()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void a_listener_set_brings_a_listener_of_its_own() throws Exception {
        var set = """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: ListenerSet
                metadata: {name: more}
                spec:
                  parentRef: {name: edge}
                  listeners: [{name: more, port: 80, protocol: HTTP, hostname: more.test}]
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: more}
                spec:
                  parentRefs: [{kind: ListenerSet, name: more}]
                  rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]
                """;
        var rule = "{backendRefs: [{name: web, port: 80}]}";
        try (var web = RawOrigin.answering(OK)) {
            var manifests = manifests(rule, web.port()) + set;
            try (var adit = Adit.serving(manifests)) {
                assertThat(adit.get("more.test/").status()).isEqualTo(200);
            }
            var letting = manifests.replace(
                    "gatewayClassName: adit", "gatewayClassName: adit\n  allowedListeners: {namespaces: {from: Same}}");
            try (var adit = Adit.serving(letting)) {
                assertThat(adit.get("more.test/").status()).isEqualTo(302);
                assertThat(adit.get("a.test/").status()).isEqualTo(200);
            }
        }
    }

    private static int port(Adit adit) {
        return Integer.parseInt(adit.address().split(":", -1)[1]);
    }

    @Test
    void other_ports_are_opened_for_their_listeners() throws Exception {
        var port = RunningProxy.freePort();
        var rule = "{backendRefs: [{name: web, port: 80}]}";
        try (var web = RawOrigin.answering(OK);
                var _ = Adit.serving(
                        manifests(rule, web.port()).replace("port: 80, protocol", "port: " + port + ", protocol"))) {
            assertThat(RawClient.exchange(port, ASK.formatted("GET", "/", ""))).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }
}
