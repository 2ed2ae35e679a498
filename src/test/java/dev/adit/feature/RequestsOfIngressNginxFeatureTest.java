package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients and endpoints get by one annotation of ingress-nginx or another. */
class RequestsOfIngressNginxFeatureTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nX-Pod: web\r\nContent-Length: 2\r\n\r\nok";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permanent-redirect: 'https://b.test/' | GET /x | 301 | https://b.test/",
                "permanent-redirect: 'https://b.test/', {}permanent-redirect-code: '308' | GET /x | 308 | https://b.test/",
                "temporal-redirect: 'https://b.test/' | GET /x | 302 | https://b.test/",
                "temporal-redirect: 'https://b.test/', {}temporal-redirect-code: '307' | GET /x | 307 | https://b.test/",
                "force-ssl-redirect: 'true' | GET /x/?y=1 | 308 | https://a.test/x/?y=1",
                "force-ssl-redirect: 'true' | GET / | 308 | https://a.test",
                "force-ssl-redirect: 'true', {}preserve-trailing-slash: 'true' | GET / | 308 | https://a.test/",
                "app-root: /start | GET / | 302 | http://a.test/start"
            },
            quoteCharacter = '`')
    void a_request_is_sent_elsewhere(String annotations, String line, int status, String location) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            var reply = IngressNginx.ask(adit, line, null);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.field("location")).isEqualTo(location);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upstream-vhost: b.test | host: b.test",
                "rewrite-target: /new, {}x-forwarded-prefix: /app | x-forwarded-prefix: /app",
                "rewrite-target: /new | GET /new HTTP/1.1",
                "rewrite-target: /new, {}x-forwarded-prefix: /app, adit.dev/request-headers: 'X-Team: blue' | x-forwarded-prefix: /app",
                "rewrite-target: /new, {}x-forwarded-prefix: /app, adit.dev/request-headers: 'X-Team: blue' | x-team: blue"
            },
            quoteCharacter = '`')
    void an_endpoint_gets(String annotations, String line) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(IngressNginx.ask(adit, "GET /", null).status()).isEqualTo(200);
            assertThat(web.head().lines()).contains(line);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cors-allow-methods: 'GET, PATCH' | access-control-allow-methods | GET, PATCH",
                "cors-allow-headers: X-Token | access-control-allow-headers | X-Token",
                "cors-allow-credentials: 'true' | access-control-allow-credentials | true",
                "cors-allow-credentials: 'false' | access-control-allow-credentials | ",
                "cors-max-age: '60' | access-control-max-age | 60",
                "cors-expose-headers: X-Total | access-control-expose-headers | X-Total"
            },
            quoteCharacter = '`')
    void a_page_of_another_origin_is_told_what_it_may(String annotation, String field, String value) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving("enable-cors: \"true\", {}" + annotation, web.port())) {
            var method = field.contains("expose") ? "GET /" : "OPTIONS /";
            assertThat(IngressNginx.ask(adit, method, "Origin: https://b.test").field(field))
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session-cookie-domain: b.test | Domain=b.test",
                "session-cookie-path: /app | Path=/app",
                "session-cookie-samesite: Strict | SameSite=Strict",
                "session-cookie-secure: 'true' | Secure",
                "session-cookie-expires: '60' | Expires=",
                "affinity-mode: persistent | HttpOnly"
            },
            quoteCharacter = '`')
    void a_cookie_of_a_session_says(String annotation, String attribute) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving("affinity: cookie, {}" + annotation, web.port())) {
            assertThat(IngressNginx.ask(adit, "GET /", null).field("set-cookie"))
                    .contains("; " + attribute);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_client_whose_endpoint_fails_gets_another_one_for_good_where_that_is_asked_for(boolean isAsked)
            throws Exception {
        var annotations = "affinity: cookie, {}session-cookie-change-on-failure: \"" + isAsked + "\"";
        var fails = new AtomicBoolean();
        try (var web = RawOrigin.answering(OK);
                var other = new RawOrigin((_, socket) -> {
                    if (!fails.get()) {
                        socket.getOutputStream()
                                .write(OK.replace("web", "other").getBytes(StandardCharsets.US_ASCII));
                    }
                });
                var adit = IngressNginx.serving(annotations, web.port(), IngressNginx.endpoint("web", other.port()))) {
            var first = Stream.generate(() -> reply(adit, null))
                    .filter(reply -> "other".equals(reply.field("x-pod")))
                    .findFirst()
                    .orElseThrow();
            var cookie = first.field("set-cookie");
            fails.set(true);
            var again = reply(adit, "Cookie: " + cookie.substring(0, cookie.indexOf(';')));
            assertThat(again.field("x-pod")).isEqualTo("web");
            assertThat(again.field("set-cookie") != null).isEqualTo(isAsked);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "canary-by-header: X-Canary, {}canary-by-header-value: beta | X-Canary: beta | next",
                "canary-by-header: X-Canary, {}canary-by-header-value: beta | X-Canary: alpha | web",
                "canary-by-header: X-Canary, {}canary-by-header-pattern: '^be' | X-Canary: beta | next",
                "canary-by-header: X-Canary, {}canary-by-header-pattern: '^be' | X-Canary: obese | web",
                "canary-by-cookie: canary | Cookie: a=b, canary=always | next",
                "canary-by-cookie: canary | Cookie: canary=never | web",
                "canary-weight: '5', {}canary-weight-total: '200' | | web",
                "canary-weight: '200', {}canary-weight-total: '200' | | next"
            },
            quoteCharacter = '`')
    void a_canary_takes_some_requests(String annotations, String field, String taken) throws Exception {
        var canary = canary(annotations);
        try (var web = RawOrigin.answering(OK);
                var next = RawOrigin.answering(OK.replace("web", "next"));
                var adit = IngressNginx.serving(
                        "ssl-redirect: \"false\"", web.port(), canary + Adit.service("next", next.port()))) {
            var fields = field == null ? null : field.replace(", ", ";");
            var pods = IntStream.range(0, 5).mapToObj(_ -> pod(adit, fields)).collect(Collectors.toSet());
            assertThat(pods).contains(taken);
            if (field != null || taken.equals("next")) {
                assertThat(pods).hasSize(1);
            }
        }
    }

    /** One that takes requests of web to next. */
    private static String canary(String annotations) {
        return "---\n"
                + Adit.ingress(("nginx.ingress.kubernetes.io/canary: \"true\", {}" + annotations)
                                .replace("{}", "nginx.ingress.kubernetes.io/"))
                        .replace("name: shop", "name: canary")
                        .replace("name: web,", "name: next,")
                        .replace("rules:", "ingressClassName: nginx\n  rules:");
    }

    private static Reply reply(Adit adit, String fields) {
        try {
            return IngressNginx.ask(adit, "GET /", fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pod(Adit adit, String fields) {
        return reply(adit, fields).field("x-pod");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit-allowlist: 127.0.0.0/8 | 200",
                "limit-whitelist: 127.0.0.0/8 | 200",
                "limit-allowlist: 10.0.0.0/8 | 503"
            })
    void a_client_that_is_exempt_is_not_counted(String exemption, int last) throws Exception {
        var annotations = "limit-rpm: \"1\", {}limit-burst-multiplier: \"1\", {}" + exemption;
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            for (var i = 0; i < 4; i++) {
                IngressNginx.ask(adit, "GET /", null);
            }
            assertThat(IngressNginx.ask(adit, "GET /", null).status()).isEqualTo(last);
        }
    }

    @Test
    void requests_with_the_same_key_go_to_the_same_endpoint() throws Exception {
        try (var one = RawOrigin.answering(OK);
                var two = RawOrigin.answering(OK.replace("web", "two"));
                var adit = IngressNginx.serving(
                        "upstream-hash-by: \"$http_x_user\"", one.port(), IngressNginx.endpoint("web", two.port()))) {
            for (var user = 0; user < 8; user++) {
                var field = "X-User: " + user;
                assertThat(pod(adit, field)).isEqualTo(pod(adit, field));
            }
            var all = IntStream.range(0, 40)
                    .mapToObj(user -> pod(adit, "X-User: " + user))
                    .collect(Collectors.toSet());
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void requests_with_the_same_key_go_to_as_many_endpoints_as_its_subset_has() throws Exception {
        try (var one = RawOrigin.answering(OK);
                var two = RawOrigin.answering(OK.replace("web", "two"));
                var three = RawOrigin.answering(OK.replace("web", "three"));
                var adit = IngressNginx.serving(
                        "upstream-hash-by: \"$http_x_user\", {}upstream-hash-by-subset: \"true\", {}upstream-hash-by-subset-size: \"2\"",
                        one.port(),
                        IngressNginx.endpoint("web", two.port()) + IngressNginx.endpoint("web", three.port()))) {
            for (var user = 0; user < 4; user++) {
                var field = "X-User: " + user;
                var pods =
                        IntStream.range(0, 40).mapToObj(_ -> pod(adit, field)).collect(Collectors.toSet());
                assertThat(pods).hasSize(2);
            }
        }
    }

    @Test
    void by_ewma_the_endpoint_that_answers_sooner_gets_more() throws Exception {
        try (var fast = RawOrigin.answering(OK);
                var slow = new RawOrigin((_, socket) -> {
                    LockSupport.parkNanos(40_000_000);
                    socket.getOutputStream().write(OK.replace("web", "slow").getBytes(StandardCharsets.US_ASCII));
                });
                var adit = IngressNginx.serving(
                        "load-balance: ewma", fast.port(), IngressNginx.endpoint("web", slow.port()))) {
            var pods = IntStream.range(0, 40)
                    .mapToObj(_ -> pod(adit, null))
                    .collect(Collectors.groupingBy(pod -> pod, Collectors.counting()));
            assertThat(pods.get("web")).isGreaterThan(pods.getOrDefault("slow", 0L));
        }
    }

    @ParameterizedTest
    @CsvSource({"sticky, true", "legacy, false"})
    void a_canary_keeps_its_clients_unless_it_is_told_otherwise(String behaviour, boolean isKept) throws Exception {
        var canary = canary("canary-weight: \"50\", {}affinity-canary-behavior: " + behaviour);
        try (var web = RawOrigin.answering(OK);
                var next = RawOrigin.answering(OK.replace("web", "next"));
                var adit = IngressNginx.serving(
                        "affinity: cookie", web.port(), canary + Adit.service("next", next.port()))) {
            for (var pod : isKept ? List.of("web", "next") : List.of("web")) {
                var cookie = Stream.generate(() -> reply(adit, null))
                        .filter(reply -> pod.equals(reply.field("x-pod")))
                        .findFirst()
                        .orElseThrow()
                        .field("set-cookie");
                var kept = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
                assertThat(IntStream.range(0, 20).mapToObj(_ -> pod(adit, kept)))
                        .containsOnly(pod);
            }
            var first = Stream.generate(() -> reply(adit, null))
                    .filter(reply -> "next".equals(reply.field("x-pod")))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.field("set-cookie") != null).isEqualTo(isKept);
        }
    }
}
