package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.Origin;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalAuthFeatureTest {
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private HttpServer service;
    private Origin web;

    private record Asked(String method, String target, Headers fields) {}

    @BeforeEach
    void start() throws Exception {
        web = Origin.named("web");
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void stop() throws Exception {
        service.stop(0);
        web.close();
    }

    /** The path says the status; whoever sends X-Token is admitted. */
    private void answer(HttpExchange exchange) throws IOException {
        var fields = exchange.getRequestHeaders();
        asked.add(
                new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), fields));
        exchange.getResponseHeaders().add("X-User", "ann");
        exchange.getResponseHeaders().add("X-Forwarded-User", "ann of x");
        exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer");
        if (fields.containsKey("X-Cookie")) {
            exchange.getResponseHeaders().add("Set-Cookie", "sid=1");
        }
        var status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1, 4));
        exchange.sendResponseHeaders(fields.containsKey("X-Token") ? 200 : status, -1);
        exchange.close();
    }

    private Adit adit(String path, String more) {
        return adit(path, more, web.port());
    }

    private Adit adit(String path, String more, int port) {
        var annotations = "auth-url: \"http://127.0.0.1:%d%s\""
                .formatted(service.getAddress().getPort(), path);
        return IngressNginx.serving(annotations + more, port);
    }

    private static Reply send(Adit adit, String method, String fields) throws IOException {
        return adit.send(method + " /a?x=1 HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n" + fields + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"200, 200", "204, 200", "401, 401", "403, 403", "302, 500", "404, 500", "429, 500", "503, 500"})
    void the_answer_of_the_service_decides_on_the_request(int said, int answered) throws Exception {
        try (var adit = adit("/" + said, "")) {
            assertThat(send(adit, "GET", "").status()).isEqualTo(answered);
            assertThat(adit.getByHttp2("a.test/").status()).isEqualTo(answered);
        }
    }

    @Test
    void a_service_that_is_not_there_lets_nobody_in() throws Exception {
        try (var adit = adit("/200", "")) {
            service.stop(0);
            assertThat(send(adit, "GET", "").status()).isEqualTo(500);
        }
    }

    @Test
    void the_service_is_told_what_was_asked_and_by_whom_whatever_the_client_says() throws Exception {
        try (var adit = adit("/200/$host?u=$request_uri", "")) {
            var reply = send(
                    adit,
                    "POST",
                    "X-Original-URL: http://forged/\r\nX-Original-Method: GET\r\nX-Forwarded-For: 1.2.3.4\r\nCookie: a=b\r\n"
                            + "Content-Length: 5\r\n\r\nhello");
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(asked).hasSize(1);
        var one = asked.getFirst();
        assertThat(one.method()).isEqualTo("GET");
        assertThat(one.target()).isEqualTo("/200/a.test?u=/a?x=1");
        assertThat(one.fields().get("X-Original-URL")).containsExactly("http://a.test/a?x=1");
        assertThat(one.fields().get("X-Original-Method")).containsExactly("POST");
        assertThat(one.fields().get("X-Auth-Request-Redirect")).containsExactly("/a?x=1");
        assertThat(one.fields().get("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(one.fields().get("Host")).containsExactly("127.0.0.1");
        assertThat(one.fields().get("Cookie")).containsExactly("a=b");
        assertThat(one.fields().get("Content-Length")).isNull();
    }

    @Test
    void what_the_service_says_of_the_user_replaces_what_the_client_says() throws Exception {
        try (var raw = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var adit = adit("/200", ", {}auth-response-headers: \"X-User,X-Group\"", raw.port())) {
            send(adit, "GET", "X-User: root\r\nX-Group: wheel\r\n");
            assertThat(raw.head())
                    .containsIgnoringCase("x-user: ann")
                    .doesNotContain("root")
                    .doesNotContain("wheel");
        }
    }

    @Test
    void who_has_to_sign_in_is_sent_there_with_the_way_back() throws Exception {
        try (var adit = adit("/401", ", {}auth-signin: \"https://login.test/start?app=1\"")) {
            var reply = send(adit, "GET", "X-Cookie: 1\r\n");
            assertThat(reply.status()).isEqualTo(302);
            assertThat(reply.field("location"))
                    .isEqualTo("https://login.test/start?app=1&rd=http://a.test%2Fa%3Fx%3D1");
            assertThat(reply.field("set-cookie")).isEqualTo("sid=1");
        }
    }

    @Test
    void cookies_of_the_service_reach_the_client_and_so_does_its_challenge() throws Exception {
        try (var adit = adit("/401", "")) {
            var denied = send(adit, "GET", "X-Cookie: 1\r\n");
            assertThat(denied.field("www-authenticate")).isEqualTo("Bearer");
            assertThat(denied.field("set-cookie")).isNull();
            assertThat(send(adit, "GET", "X-Cookie: 1\r\nX-Token: 1\r\n").field("set-cookie"))
                    .isEqualTo("sid=1");
        }
    }

    @Test
    void an_answer_is_kept_for_requests_with_the_same_key_and_for_no_others() throws Exception {
        try (var adit = adit("/401", ", {}auth-cache-key: $http_x_who, {}auth-cache-duration: \"200 5m\"")) {
            assertThat(send(adit, "GET", "X-Who: ann\r\nX-Token: 1\r\n").status())
                    .isEqualTo(200);
            assertThat(send(adit, "GET", "X-Who: ann\r\n").status()).isEqualTo(200);
            assertThat(asked).hasSize(1);
            assertThat(send(adit, "GET", "X-Who: bob\r\n").status()).isEqualTo(401);
            assertThat(send(adit, "GET", "X-Who: bob\r\nX-Token: 1\r\n").status())
                    .isEqualTo(200);
            assertThat(send(adit, "GET", "X-Token: 1\r\n").status()).isEqualTo(200);
            assertThat(send(adit, "GET", "").status()).isEqualTo(401); // without the field nobody is like another
        }
    }

    @Test
    void a_request_with_a_field_that_is_none_is_refused_before_anybody_is_asked() throws Exception {
        try (var adit = adit("/200", "")) {
            for (var i = 0; i < 300; i++) { // more than may be asked at once
                assertThat(send(adit, "GET", "X-A: \u007f\r\n").status()).isEqualTo(400);
            }
            assertThat(asked).isEmpty();
            assertThat(send(adit, "GET", "").status()).isEqualTo(200);
        }
    }

    @Test
    void no_spelling_of_a_field_that_the_service_says_is_the_clients_to_say() throws Exception {
        try (var raw = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var adit = adit("/200", ", {}auth-response-headers: \"X-User,X-Forwarded-User\"", raw.port())) {
            send(adit, "GET", "X_User: root\r\nX_Original_URL: /public\r\nX-Forwarded-User: root\r\n");
            assertThat(raw.head())
                    .doesNotContain("root")
                    .containsIgnoringCase("x-user: ann\r\n")
                    .containsIgnoringCase("x-forwarded-user: ann of x\r\n");
        }
        assertThat(asked.getFirst().fields()).doesNotContainKey("X_original_url");
    }

    @Test
    void the_service_is_asked_by_another_method_and_told_another_way_back() throws Exception {
        var more = ", {}auth-method: POST, {}auth-request-redirect: \"https://b.test$request_uri\"";
        try (var adit = adit("/200", more)) {
            assertThat(send(adit, "GET", "").status()).isEqualTo(200);
        }
        assertThat(asked.getFirst().method()).isEqualTo("POST");
        assertThat(asked.getFirst().fields().get("X-Auth-Request-Redirect")).containsExactly("https://b.test/a?x=1");
    }

    @ParameterizedTest
    @CsvSource({"false, ", "true, sid=1"})
    void a_cookie_of_the_service_reaches_the_client_with_every_status_where_that_is_asked_for(
            String asked, String cookie) throws Exception {
        try (var raw = RawOrigin.answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                var adit = adit("/200", ", {}auth-always-set-cookie: \"" + asked + "\"", raw.port())) {
            assertThat(send(adit, "GET", "X-Cookie: 1\r\n").field("set-cookie")).isEqualTo(cookie);
        }
    }

    @Test
    void the_way_back_is_told_in_a_parameter_of_another_name() throws Exception {
        var more = ", {}auth-signin: \"https://login.test/\", {}auth-signin-redirect-param: next";
        try (var adit = adit("/401", more)) {
            assertThat(send(adit, "GET", "").field("location"))
                    .isEqualTo("https://login.test/?next=http://a.test%2Fa%3Fx%3D1");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 401", "false, 200"})
    void an_ingress_can_be_left_out_of_the_authentication_of_all(String enabled, int status) throws Exception {
        var settings = """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: edge}
                data: {global-auth-url: "http://127.0.0.1:%d/401"}
                """.formatted(service.getAddress().getPort());
        var annotation = "enable-global-auth: \"" + enabled + "\"";
        try (var adit = IngressNginx.serving(annotation, web.port(), settings, "--configmap=edge/settings")) {
            assertThat(send(adit, "GET", "").status()).isEqualTo(status);
        }
    }
}
