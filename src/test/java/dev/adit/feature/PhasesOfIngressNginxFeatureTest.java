package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes first by ingress-nginx, which paths it takes for one, and which fields pass. */
class PhasesOfIngressNginxFeatureTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nServer: app\r\nX-Accel-Buffering: no\r\nX-Powered-By: app\r\n"
            + "Content-Length: 2\r\n\r\nok";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy-body-size: '10', {}permanent-redirect: https://b.test/ | POST / | Content-Length: 11 | 413",
                "proxy-body-size: '10', {}whitelist-source-range: 10.0.0.0/8 | POST / | Content-Length: 11 | 413",
                "proxy-body-size: '10', {}whitelist-source-range: 10.0.0.0/8 | POST / | Content-Length: 10 | 403",
                "proxy-body-size: '10', {}force-ssl-redirect: 'true' | POST / | Content-Length: 11 | 413",
                "enable-cors: 'true', {}permanent-redirect: https://b.test/ | OPTIONS / | Origin: https://c.test | 204",
                "enable-cors: 'true', {}force-ssl-redirect: 'true' | OPTIONS / | Origin: https://c.test | 204",
                "enable-cors: 'true', {}force-ssl-redirect: 'true' | GET / | Origin: https://c.test | 308",
                "app-root: /start, {}force-ssl-redirect: 'true' | GET / |  | 302",
                "app-root: /start, {}force-ssl-redirect: 'true' | GET /x |  | 308",
                "rewrite-target: https://b.test/, {}force-ssl-redirect: 'true' | GET /x |  | 302",
                "temporal-redirect: nonsense, {}permanent-redirect: https://b.test/ | GET / |  | 200",
                "temporal-redirect: '', {}permanent-redirect: https://b.test/ | GET / |  | 200",
                "permanent-redirect: https://b.test/a%20b | GET / |  | 503",
                "permanent-redirect: https://b.test/, {}permanent-redirect-code: '304' | GET / |  | 304"
            },
            quoteCharacter = '`')
    void what_comes_first(String annotations, String line, String fields, int status) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(IngressNginx.ask(adit, line, fields).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rewrite-target: https://b.test/x | /a?b=1 | https://b.test/x?b=1",
                "rewrite-target: $scheme://$host/$http_x_not_there | /a | http://a.test/",
                "app-root: /start | /?x=1 | http://a.test/start"
            },
            quoteCharacter = '`')
    void a_request_is_sent_to(String annotations, String target, String location) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(IngressNginx.ask(adit, "GET " + target, null).field("location"))
                    .isEqualTo(location);
        }
    }

    @Test
    void a_status_without_a_location_has_the_url_for_its_text() throws Exception {
        var annotations = "permanent-redirect: https://b.test/, {}permanent-redirect-code: '300'";
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            var reply = IngressNginx.ask(adit, "GET /", null);
            assertThat(reply.status()).isEqualTo(300);
            assertThat(reply.field("location")).isNull();
            assertThat(reply.body()).contains("https://b.test/");
            assertThat(reply.field("content-length"))
                    .isEqualTo(String.valueOf(reply.body().length()));
        }
    }

    /** What guards a path guards whatever an application may take for it, and endpoints get the path as it came. */
    @ParameterizedTest
    @CsvSource({
        "/admin, 403",
        "//admin, 403",
        "///admin//x, 403",
        "/admin%2Fx, 403",
        "/%2Fadmin, 403",
        "/administration, 200",
        "//other, 200",
        "/a:b, 403",
        "/a%3Ab, 403"
    })
    void several_slashes_are_one_and_escaped_ones_are_slashes(String path, int status) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving("proxy-body-size: 1m", web.port(), guarded())) {
            assertThat(IngressNginx.ask(adit, "GET " + path, null).status()).isEqualTo(status);
            if (status == 200) {
                assertThat(web.head()).startsWith("GET " + path + " HTTP/1.1\r\n");
            }
        }
    }

    /** What is cut from a path is what was matched of it, and a rule that is written unmerged is for those who ask so. */
    @ParameterizedTest
    @CsvSource({"//app/x, /v2/x", "/%2Fapp/x, /v2/x", "/app/x, /v2/x", "/docs%3Aa, /docs%3Aa"})
    void rules_of_adits_own_class_on_the_same_host_go_on_as_they_are_written(String path, String sent)
            throws Exception {
        var own = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: own, annotations: {adit.dev/rewrite: /v2}}
                spec:
                  ingressClassName: adit
                  rules:
                    - host: a.test
                      http: {paths: [{path: /app, pathType: Prefix, backend: {service: {name: own, port: {number: 80}}}}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: literal}
                spec:
                  ingressClassName: adit
                  rules:
                    - host: a.test
                      http: {paths: [{path: "/docs%3Aa", pathType: Exact, backend: {service: {name: own, port: {number: 80}}}}]}
                ---
                """;
        try (var web = RawOrigin.answering(OK);
                var of = RawOrigin.answering(OK);
                var adit =
                        IngressNginx.serving("proxy-body-size: 1m", web.port(), own + Adit.service("own", of.port()))) {
            assertThat(IngressNginx.ask(adit, "GET " + path, null).status()).isEqualTo(200);
            assertThat(of.head()).startsWith("GET " + sent + " HTTP/1.1\r\n");
        }
    }

    private static String guarded() {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: admin
                  annotations: {nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8}
                spec:
                  ingressClassName: nginx
                  rules:
                    - host: a.test
                      http:
                        paths:
                          - {path: /admin, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                          - {path: "/a:b", pathType: Exact, backend: {service: {name: web, port: {number: 80}}}}
                """;
    }

    @ParameterizedTest
    @CsvSource({"/a//b, /b", "/a/b%2Fc, /b/c", "/a/b%20c, /b%20c", "/a/b%3Ac, /b:c", "//a/b, /b"})
    void groups_are_of_the_path_that_is_matched(String path, String rewritten) throws Exception {
        var ingress = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: groups, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$1}}
                spec:
                  ingressClassName: nginx
                  rules:
                    - host: b.test
                      http: {paths: [{path: "/a/(.*)", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}
                """;
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving("proxy-body-size: 1m", web.port(), ingress)) {
            assertThat(adit.get("b.test" + path).status()).isEqualTo(200);
            assertThat(web.head()).startsWith("GET " + rewritten + " HTTP/1.1\r\n");
        }
    }

    private static Adit serving(RawOrigin web, String settings) {
        return IngressNginx.configured("proxy-body-size: 1m", web.port(), settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "worker-processes: '1' | x-plain | x_under, x.dot, x-original-uri",
                "enable-underscores-in-headers: 'true' | x-plain, x_under | x.dot",
                "ignore-invalid-headers: 'false' | x-plain, x_under, x.dot | x-other",
                "generate-request-id: 'false' | x-plain | x-request-id",
                "proxy-add-original-uri-header: 'true' | x-original-uri: /x?y=1 | x_under"
            },
            quoteCharacter = '`')
    void an_endpoint_gets_fields_that_everybody_reads_alike(String settings, String got, String dropped)
            throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(web, settings)) {
            assertThat(IngressNginx.ask(adit, "GET /x?y=1", "x_under: 1; x.dot: 1; x-plain: 1")
                            .status())
                    .isEqualTo(200);
            var head = web.head().toLowerCase(java.util.Locale.ROOT);
            for (var name : got.split(", ", -1)) {
                assertThat(head).contains("\r\n" + name);
            }
            for (var name : dropped.split(", ", -1)) {
                assertThat(head).doesNotContain("\r\n" + name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "worker-processes: '1' | x-powered-by | server, x-accel-buffering",
                "allow-backend-server-header: 'true' | server, x-powered-by | x-accel-buffering",
                "hide-headers: 'X-Powered-By,X-Other' | content-length | x-powered-by, server"
            },
            quoteCharacter = '`')
    void a_client_does_not_get_what_is_meant_for_the_proxy(String settings, String got, String hidden)
            throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(web, settings)) {
            var names = IngressNginx.ask(adit, "GET /", null).fields().names().stream()
                    .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                    .toList();
            assertThat(names).contains(got.split(", ", -1)).doesNotContain(hidden.split(", ", -1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block-user-agents: 'curl/7.68.0,~*BOT' | User-Agent: curl/7.68.0 | 403",
                "block-user-agents: 'curl/7.68.0,~*BOT' | User-Agent: CURL/7.68.0 | 403",
                "block-user-agents: 'curl/7.68.0,~*BOT' | User-Agent: curl/7.68.01 | 200",
                "block-user-agents: 'curl/7.68.0,~*BOT' | User-Agent: my Robot/1 | 403",
                "block-user-agents: 'curl/7.68.0,~*BOT' | Referer: bot | 200",
                "block-user-agents: '~(' | User-Agent: x | 503",
                "block-user-agents: '' | User-Agent: x | 200",
                "block-user-agents: '~^$' | Referer: x | 403",
                "block-referers: '~^http://spam' | Referer: http://spam.test/ | 403",
                "block-referers: '~^http://spam' | Referer: HTTP://spam.test/ | 200",
                "block-cidrs: 127.0.0.0/8 | X-Forwarded-For: 192.0.2.1 | 403",
                "block-cidrs: 192.0.2.0/24 | X-Forwarded-For: 192.0.2.1 | 200"
            },
            quoteCharacter = '`')
    void a_config_map_shuts_out(String settings, String field, int status) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(web, settings)) {
            assertThat(IngressNginx.ask(adit, "GET /", field).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-tls-redirect-locations: '/health,/x' | force-ssl-redirect: 'true' | /health/a | 200",
                "no-tls-redirect-locations: '/health' | force-ssl-redirect: 'true' | /other | 308",
                "no-tls-redirect-locations: '/health' | auth-url: 'http://127.0.0.1:9/' | /health/a | 500",
                "no-auth-locations: '/health' | auth-url: 'http://127.0.0.1:9/' | /health/a | 200",
                "no-auth-locations: '/health' | auth-url: 'http://127.0.0.1:9/' | /other | 500",
                "no-auth-locations: 'health' | auth-url: 'http://127.0.0.1:9/' | /health/a | 500"
            },
            quoteCharacter = '`')
    void some_paths_of_rules_are_open_by_the_config_map(String settings, String annotation, String path, int status)
            throws Exception {
        var ingress = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: open, annotations: {nginx.ingress.kubernetes.io/%s}}
                spec:
                  ingressClassName: nginx
                  rules:
                    - host: b.test
                      http:
                        paths:
                          - {path: /health, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                """.formatted(annotation);
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.configured("proxy-body-size: 1m", web.port(), settings, ingress)) {
            assertThat(adit.get("b.test" + path).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://x.a.test, true", "https://x.y.a.test, false", "https://a.test, false"})
    void a_star_of_an_origin_stands_for_one_label(String origin, boolean isAllowed) throws Exception {
        var annotations = "enable-cors: 'true', {}cors-allow-origin: https://*.a.test";
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(IngressNginx.ask(adit, "GET /", "Origin: " + origin).field("access-control-allow-origin"))
                    .isEqualTo(isAllowed ? origin : null);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 12_2 like Mac OS X) | false",
                "Mozilla/5.0 (X11) Chrome/66.0.3359.117 Safari/537.36 | false",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) Version/13.0 Safari/605 | false",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) Chrome/91.0 Safari/537.36 | true",
                "Mozilla/5.0 (X11) Chrome/120.0 Safari/537.36 | true"
            })
    void a_client_that_refuses_same_site_none_gets_the_cookie_without(String agent, boolean isTold) throws Exception {
        var annotations = "affinity: cookie, {}session-cookie-samesite: None, {}session-cookie-domain: .a.test,"
                + " {}session-cookie-conditional-samesite-none: 'true', {}session-cookie-name: my route";
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(annotations, web.port())) {
            var cookie = adit.send(
                            "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nUser-Agent: " + agent + "\r\n\r\n")
                    .field("set-cookie");
            assertThat(cookie).startsWith("my route=").contains("; Domain=.a.test");
            assertThat(cookie.contains("; SameSite=None")).isEqualTo(isTold);
        }
    }

    @Test
    void a_host_for_endpoints_may_name_the_service() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving("upstream-vhost: $service_name.$namespace.svc", web.port())) {
            assertThat(IngressNginx.ask(adit, "GET /", null).status()).isEqualTo(200);
            assertThat(web.head().toLowerCase(java.util.Locale.ROOT)).contains("\r\nhost: web.default.svc\r\n");
        }
    }

    @Test
    void endpoints_redirects_are_left_alone_with_proxy_redirect_to_off() throws Exception {
        var moved = "HTTP/1.1 302 Found\r\nLocation: http://in.test/x\r\nContent-Length: 0\r\n\r\n";
        var annotations = "proxy-redirect-from: http://in.test/, {}proxy-redirect-to: 'off'";
        try (var web = RawOrigin.answering(moved);
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(IngressNginx.ask(adit, "GET /", null).field("location")).isEqualTo("http://in.test/x");
        }
    }
}
