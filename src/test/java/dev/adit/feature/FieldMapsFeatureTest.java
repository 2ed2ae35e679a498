package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Reply;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that ConfigMaps hold, and what they say of proxies in front. */
class FieldMapsFeatureTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nX-Team: of the endpoint\r\nX-Powered-By: x\r\nContent-Length: 2\r\n\r\nok";

    private static String configMap(String namespace, String name, String... entries) {
        return "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: %s}, data: {%s}}\n"
                .formatted(name, namespace, String.join(", ", entries));
    }

    private static Adit serving(String annotations, int port, String settings, String... maps) {
        var all = configMap("ingress-nginx", "settings", settings) + String.join("", maps);
        return IngressNginx.serving(annotations, port, all, "--configmap=ingress-nginx/settings");
    }

    private static Reply ask(Adit adit, String fields) throws IOException {
        return adit.send("GET /x HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n" + fields + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default/answers | X-Team,X-Zone | 200",
                "default/answers | X-Zone | 503",
                "default/gone | X-Team,X-Zone | 503"
            })
    void clients_get_the_fields_of_a_config_map_that_are_allowed(String named, String allowed, int status)
            throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(
                        "custom-headers: " + named,
                        web.port(),
                        "global-allowed-response-headers: \"" + allowed + "\"",
                        configMap("default", "answers", "X-Team: blue", "X-Zone: a b"))) {
            var reply = ask(adit, "");
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.field("x-team")).isEqualTo(status == 200 ? "blue" : null);
        }
    }

    @Test
    void the_fields_for_all_are_set_in_requests_and_in_answers() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(
                        "proxy-body-size: 1m",
                        web.port(),
                        "add-headers: ingress-nginx/out, proxy-set-headers: ingress-nginx/in",
                        configMap("ingress-nginx", "out", "X-Frame-Options: DENY", "X-Powered-By: \"\""),
                        configMap(
                                "ingress-nginx",
                                "in",
                                "X-Asked: $request_uri",
                                "X-Forwarded-Ssl: \"on\"",
                                "X-Remote-User: $remote_user"))) {
            var reply = ask(adit, "X-Asked: forged\r\nX-Forwarded-Ssl: off\r\nX-Remote-User: forged\r\n");
            assertThat(reply.field("x-frame-options")).isEqualTo("DENY");
            assertThat(reply.field("x-powered-by")).isNull();
            assertThat(web.head())
                    .contains("x-asked: /x\r\n", "x-forwarded-ssl: on\r\n")
                    .doesNotContain("forged", "off");
        }
    }

    @Test
    void the_service_that_is_asked_gets_the_fields_of_a_config_map() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var service = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var adit = serving(
                        "auth-url: \"http://127.0.0.1:" + service.port()
                                + "/\", {}auth-proxy-set-headers: default/questions",
                        web.port(),
                        "worker-processes: \"1\"",
                        configMap("default", "questions", "X-Asked: for $request_uri"))) {
            assertThat(ask(adit, "X-Asked: forged\r\n").status()).isEqualTo(200);
            assertThat(service.head()).contains("x-asked: for /x\r\n").doesNotContain("forged");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.0/8 | 203.0.113.9, 127.0.0.9 | 203.0.113.9 | 200",
                "127.0.0.0/8 | 203.0.113.9, 198.51.100.2 | 198.51.100.2 | 403",
                "0.0.0.0/0 | 203.0.113.9, 198.51.100.2 | 203.0.113.9 | 200",
                "127.0.0.0/8 | 203.0.113.9:51234 | 203.0.113.9 | 200",
                "127.0.0.0/8 | [2001:db8::1]:443 | 2001:db8::1 | 403",
                "127.0.0.0/8 | 203.0.113.9, no-address | 127.0.0.1 | 403",
                "10.0.0.0/8 | 203.0.113.9 | 127.0.0.1 | 403"
            })
    void the_client_is_the_one_that_believed_proxies_say(String proxies, String chain, String client, int status)
            throws Exception {
        var settings = "use-forwarded-headers: \"true\", proxy-real-ip-cidr: " + proxies;
        try (var web = RawOrigin.answering(OK);
                var guarded = serving("whitelist-source-range: 203.0.113.0/24", web.port(), settings);
                var adit = serving("proxy-body-size: 1m", web.port(), settings)) {
            var fields = "X-Forwarded-For: " + chain + "\r\n";
            assertThat(ask(guarded, fields).status()).isEqualTo(status);
            assertThat(ask(adit, fields).status()).isEqualTo(200);
            assertThat(web.head())
                    .contains("x-forwarded-for: " + client + "\r\n", "x-real-ip: " + client + "\r\n")
                    .contains("x-original-forwarded-for: " + chain + "\r\n");
        }
    }

    @Test
    void a_believed_proxy_says_what_was_asked_for() throws Exception {
        var settings =
                "use-forwarded-headers: \"true\", forwarded-for-header: X-Client, compute-full-forwarded-for: \"true\"";
        try (var web = RawOrigin.answering(OK);
                var adit = serving("force-ssl-redirect: \"true\"", web.port(), settings)) {
            var said = "X-Client: 203.0.113.9\r\nX-Forwarded-Host: outer.test\r\nX-Forwarded-Port: 8443\r\n";
            assertThat(ask(adit, said).field("location")).isEqualTo("https://outer.test/x");
            assertThat(ask(adit, said + "X-Forwarded-Proto: https\r\n").status())
                    .isEqualTo(200);
            assertThat(web.head().lines().toList())
                    .contains(
                            "host: outer.test",
                            "x-forwarded-for: 203.0.113.9, 127.0.0.1",
                            "x-forwarded-host: outer.test",
                            "x-forwarded-port: 8443",
                            "x-forwarded-proto: https",
                            "x-scheme: https");
        }
    }

    @ParameterizedTest
    @CsvSource({"any, 127.0.0.0/8, 200", "any, 10.0.0.0/8, 401", "all, 127.0.0.0/8, 401", "all, 10.0.0.0/8, 403"})
    void an_address_may_be_enough(String satisfy, String listed, int status) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var service = RawOrigin.answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
                var adit = IngressNginx.serving(
                        "satisfy: " + satisfy + ", {}whitelist-source-range: " + listed
                                + ", {}auth-url: \"http://127.0.0.1:" + service.port() + "/\"",
                        web.port())) {
            assertThat(ask(adit, "").status()).isEqualTo(status);
        }
    }

    /** Who is not among those that are left out is not for that reason among those that are let in. */
    @Test
    void a_list_of_those_who_are_left_out_is_enough_for_nobody() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var service = RawOrigin.answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
                var adit = IngressNginx.serving(
                        "satisfy: any, {}denylist-source-range: 10.0.0.0/8, {}auth-url: \"http://127.0.0.1:"
                                + service.port() + "/\"",
                        web.port())) {
            assertThat(ask(adit, "").status()).isEqualTo(401);
        }
    }

    @Test
    void an_endpoint_is_not_told_of_a_proxy_and_a_circle_is_found_all_the_same() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving("proxy-body-size: 1m", web.port())) {
            assertThat(ask(adit, "CDN-Loop: other\r\n").status()).isEqualTo(200);
            assertThat(web.head().lines().toList())
                    .noneMatch(line -> line.startsWith("via:"))
                    .contains("cdn-loop: adit");
            var passed = "CDN-Loop: adit\r\n";
            assertThat(ask(adit, passed.repeat(9)).status()).isEqualTo(200);
            assertThat(ask(adit, passed.repeat(10)).status()).isEqualTo(508);
            assertThat(ask(
                                    adit,
                                    "CDN-Loop: "
                                            + String.join(
                                                    ",",
                                                    Stream.generate(() -> "adit")
                                                            .limit(10)
                                                            .toList()) + "\r\n")
                            .status())
                    .isEqualTo(508);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, https://a.test:443/x", "false, https://a.test/x"})
    void the_redirect_to_https_may_say_the_port(String says, String location) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = IngressNginx.serving(
                        "force-ssl-redirect: \"true\", {}use-port-in-redirects: \"" + says + "\"", web.port())) {
            assertThat(ask(adit, "").field("location")).isEqualTo(location);
        }
    }

    /** As lua-nginx of ingress-nginx reads it. */
    @ParameterizedTest
    @CsvSource({"http, 308", "https, 200", "wss, 200", "'https,http', 200"})
    void everything_but_http_is_for_a_secure_request(String said, int status) throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving(
                        "force-ssl-redirect: \"true\", {}app-root: /x",
                        web.port(),
                        "use-forwarded-headers: \"true\"")) {
            assertThat(ask(adit, "X-Forwarded-Proto: " + said + "\r\n").status())
                    .isEqualTo(status);
            var root = adit.send(
                    "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nX-Forwarded-Proto: " + said + "\r\n\r\n");
            assertThat(root.status()).as("app-root goes first").isEqualTo(302);
        }
    }

    @Test
    void a_service_is_asked_about_the_host_that_is_served_whatever_host_a_proxy_says() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var service = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var adit = serving(
                        "auth-url: \"http://127.0.0.1:" + service.port() + "/\"",
                        web.port(),
                        "use-forwarded-headers: \"true\"")) {
            assertThat(ask(adit, "X-Forwarded-Host: outer.test, other.test\r\nX-Forwarded-Proto: https\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(service.head()).contains("x-original-url: http://a.test/x\r\n");
            assertThat(web.head()).contains("host: outer.test\r\n");
        }
    }

    @Test
    void an_address_that_is_enough_lets_no_identity_pass_that_nobody_has_verified() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var service = RawOrigin.answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
                var adit = IngressNginx.serving(
                        "satisfy: any, {}whitelist-source-range: 127.0.0.0/8, {}auth-response-headers: X-User, {}auth-url: \"http://127.0.0.1:"
                                + service.port() + "/\"",
                        web.port())) {
            assertThat(ask(adit, "X-User: root\r\n").status()).isEqualTo(200);
            assertThat(web.head()).doesNotContain("root");
        }
    }

    @Test
    void what_holds_for_ingress_nginx_is_nothing_for_ingresses_of_adit() throws Exception {
        var own = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: own}
                spec:
                  ingressClassName: adit
                  rules: [{host: b.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
                """;
        try (var web = RawOrigin.answering(OK);
                var adit = serving(
                        "proxy-body-size: 1m",
                        web.port(),
                        "add-headers: ingress-nginx/out",
                        configMap("ingress-nginx", "out", "X-Frame-Options: DENY"),
                        own)) {
            assertThat(ask(adit, "").field("x-frame-options")).isEqualTo("DENY");
            assertThat(adit.get("b.test/").status()).isEqualTo(200);
            assertThat(adit.get("b.test/").field("x-frame-options")).isNull();
        }
    }

    @Test
    void the_host_that_an_ingress_names_is_the_one_that_endpoints_get_whatever_a_proxy_says() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving("upstream-vhost: b.test", web.port(), "use-forwarded-headers: \"true\"")) {
            assertThat(ask(adit, "X-Forwarded-Host: outer.test\r\n").status()).isEqualTo(200);
            assertThat(web.head()).contains("host: b.test\r\n", "x-forwarded-host: outer.test\r\n");
        }
    }

    @Test
    void an_app_root_is_at_the_host_that_the_connection_was_asked_for_whatever_a_proxy_says() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var adit = serving("app-root: /start", web.port(), "use-forwarded-headers: \"true\"")) {
            var request =
                    "GET / HTTP/1.1\r\nHost: a.test:8080\r\nConnection: close\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: ";
            assertThat(adit.send(request + "outer.test:8443\r\n\r\n").field("location"))
                    .isEqualTo("http://a.test:8080/start");
        }
    }
}
