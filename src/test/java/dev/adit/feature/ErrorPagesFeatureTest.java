package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.Origin;
import dev.adit.testbed.RawOrigin;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers that another Service gives, by {@code custom-http-errors} and {@code default-backend}. */
class ErrorPagesFeatureTest {
    private static final String PAGE = "HTTP/1.1 418 Page\r\nContent-Length: 4\r\n\r\npage";
    private static final String NOTHING = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String ERRORS = "default-backend: errors, {}";

    private static String status(int status) {
        return "HTTP/1.1 " + status + " Status\r\nWWW-Authenticate: Bearer\r\nContent-Length: 4\r\n\r\nself";
    }

    private static Adit serving(String annotations, RawOrigin web, RawOrigin errors) {
        return IngressNginx.serving(annotations, web.port(), Adit.service("errors", errors.port()));
    }

    private static String post(int bytes, String fields) {
        return "POST /a/b?c=1 HTTP/1.1\r\nHost: a.test\r\nAccept: text/html\r\nConnection: close\r\n" + fields
                + "Content-Length: " + bytes + "\r\n\r\n";
    }

    private static void drain(String head, Socket socket, String answer) throws IOException {
        var length = head.contains("content-length: 5") ? 5 : 0;
        assertThat(socket.getInputStream().readNBytes(length)).hasSize(length);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_page_takes_the_place_of_an_answer_of_an_endpoint_with_one_of_these_statuses() throws Exception {
        try (var web = RawOrigin.answering(status(404));
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(ERRORS + "custom-http-errors: \"404, 503\"", web, errors)) {
            var reply = adit.send(
                    "GET /a/b?c=1 HTTP/1.1\r\nHost: a.test\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.body()).isEqualTo("page");
            assertThat(errors.head())
                    .startsWith("GET /?c=1 HTTP/1.1\r\n")
                    .contains("host: a.test\r\n")
                    .contains("x-code: 404\r\n")
                    .contains("x-format: text/html\r\n")
                    .contains("x-original-uri: /a/b?c=1\r\n")
                    .contains("x-namespace: default\r\n")
                    .contains("x-ingress-name: ")
                    .contains("x-service-name: web\r\n")
                    .contains("x-service-port: 80\r\n")
                    .contains("x-request-id: ");
        }
    }

    @Test
    void answers_with_other_statuses_are_passed_on() throws Exception {
        try (var web = RawOrigin.answering(status(500));
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(ERRORS + "custom-http-errors: \"404\"", web, errors)) {
            assertThat(adit.get("a.test/").status()).isEqualTo(500);
        }
    }

    @Test
    void answers_of_endpoints_are_passed_on_where_pages_are_for_those_of_adit_alone() throws Exception {
        try (var web = RawOrigin.answering(status(404));
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(
                        ERRORS + "custom-http-errors: \"404, 413\", {}disable-proxy-intercept-errors: \"true\","
                                + " {}proxy-body-size: \"10\"",
                        web,
                        errors)) {
            assertThat(adit.get("a.test/").body()).isEqualTo("self");
            assertThat(adit.send(post(11, "")).body()).isEqualTo("page");
        }
    }

    @Test
    void a_page_tells_the_client_how_to_log_in_where_the_answer_did() throws Exception {
        try (var web = RawOrigin.answering(status(401));
                var errors = RawOrigin.answering("HTTP/1.1 401 No\r\nContent-Length: 4\r\n\r\npage");
                var adit = serving(ERRORS + "custom-http-errors: \"401\"", web, errors)) {
            var reply = adit.get("a.test/");
            assertThat(reply.body()).isEqualTo("page");
            assertThat(reply.field("www-authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void a_page_is_asked_for_without_the_body_that_the_endpoint_got() throws Exception {
        try (var web = new RawOrigin((head, socket) -> drain(head, socket, status(500)));
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(ERRORS + "custom-http-errors: \"500\"", web, errors)) {
            assertThat(adit.send(post(5, "") + "hello").body()).isEqualTo("page");
            assertThat(errors.head()).startsWith("POST /?c=1 HTTP/1.1\r\n").doesNotContain("content-length: 5");
        }
    }

    @Test
    void a_body_that_the_client_holds_back_is_not_asked_for_where_a_page_is_the_answer() throws Exception {
        try (var web = RawOrigin.answering(NOTHING);
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(ERRORS + "custom-http-errors: \"413\", {}proxy-body-size: \"10\"", web, errors)) {
            var reply = adit.send(post(11, "Expect: 100-continue\r\n"));
            assertThat(reply.status()).isEqualTo(418);
            assertThat(errors.head()).contains("x-code: 413\r\n");
        }
    }

    @Test
    void a_page_takes_the_place_of_an_answer_that_keeps_a_client_out_and_of_one_for_an_endpoint_that_fails()
            throws Exception {
        try (var web = new RawOrigin((_, socket) -> socket.close());
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(
                        ERRORS + "custom-http-errors: \"403\", {}denylist-source-range: 127.0.0.0/8", web, errors);
                var other = serving(ERRORS + "custom-http-errors: \"502\"", web, errors)) {
            assertThat(adit.get("a.test/").body()).isEqualTo("page");
            assertThat(errors.head()).contains("x-code: 403\r\n");
            assertThat(other.get("a.test/").body()).isEqualTo("page");
            assertThat(errors.head()).contains("x-code: 502\r\n");
        }
    }

    @Test
    void a_page_that_cannot_be_fetched_is_not_asked_for_twice() throws Exception {
        try (var web = RawOrigin.answering(status(502));
                var errors = new RawOrigin((_, socket) -> socket.close());
                var adit = serving(ERRORS + "custom-http-errors: \"502\"", web, errors)) {
            assertThat(adit.get("a.test/").status()).isEqualTo(502);
        }
    }

    @Test
    void without_a_service_for_pages_the_answer_is_404() throws Exception {
        try (var web = RawOrigin.answering(status(500));
                var adit = IngressNginx.serving("custom-http-errors: \"500\"", web.port())) {
            assertThat(adit.get("a.test/").status()).isEqualTo(404);
        }
    }

    @Test
    void the_default_backend_gets_the_whole_request_where_the_service_has_no_endpoint() throws Exception {
        try (var errors = new RawOrigin((head, socket) -> drain(head, socket, PAGE));
                var adit = Adit.serving(
                        IngressNginx.CLASS
                                + Adit.ingress("nginx.ingress.kubernetes.io/default-backend: errors")
                                        .replace("rules:", "ingressClassName: nginx\n  rules:")
                                        .replace("name: web", "name: none")
                                + Adit.service("errors", errors.port()),
                        IngressNginx.options())) {
            assertThat(adit.send(post(5, "") + "hello").body()).isEqualTo("page");
            assertThat(errors.head())
                    .startsWith("POST /a/b?c=1 HTTP/1.1\r\n")
                    .contains("content-length: 5\r\n")
                    .contains("x-code: 503\r\n")
                    .contains("x-service-name: none\r\n")
                    .doesNotContain("x-original-uri");
        }
    }

    private static Adit withoutEndpoint(String annotations, String errors) {
        return Adit.serving(
                IngressNginx.CLASS
                        + Adit.ingress("nginx.ingress.kubernetes.io/"
                                        + annotations.replace("{}", "nginx.ingress.kubernetes.io/"))
                                .replace("rules:", "ingressClassName: nginx\n  rules:")
                                .replace("name: web", "name: none")
                        + errors,
                IngressNginx.options());
    }

    @Test
    void an_answer_of_the_default_backend_is_replaced_by_a_page_too() throws Exception {
        var asked = new AtomicInteger();
        try (var errors = new RawOrigin(
                        (head, socket) -> drain(head, socket, asked.incrementAndGet() == 1 ? status(404) : PAGE));
                var adit = withoutEndpoint(
                        ERRORS + "custom-http-errors: \"404\"", Adit.service("errors", errors.port()))) {
            assertThat(adit.get("a.test/gone").body()).isEqualTo("page");
            assertThat(errors.head()).startsWith("GET /gone ").contains("x-code: 503\r\n");
            assertThat(errors.head()).startsWith("GET / ").contains("x-code: 404\r\n", "x-original-uri: /gone\r\n");
        }
    }

    @Test
    void the_default_backend_is_spoken_to_as_the_service_would_be() throws Exception {
        try (var errors = Origin.named("errors", EndpointVersion.HTTP1_TLS);
                var adit = withoutEndpoint(ERRORS + "backend-protocol: HTTPS", Adit.service("errors", errors.port()))) {
            assertThat(adit.get("a.test/x").body()).startsWith("errors ");
        }
    }

    @Test
    void a_client_tells_the_service_of_pages_nothing_under_the_names_of_adit() throws Exception {
        try (var web = RawOrigin.answering(status(404));
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(ERRORS + "custom-http-errors: \"404\"", web, errors)) {
            adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nX_Code: forged\r\nX-Namespace: forged\r\n"
                    + "X_Service_Name: forged\r\n\r\n");
            assertThat(errors.head()).doesNotContain("forged");
        }
    }

    @Test
    void a_challenge_that_is_no_field_of_adit_is_left_out() throws Exception {
        var challenge = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"B\u00fcro\"\r\nContent-Length: 0\r\n\r\n";
        try (var web = RawOrigin.answering(challenge);
                var adit = IngressNginx.serving("custom-http-errors: \"401\"", web.port())) {
            assertThat(adit.get("a.test/").status()).isEqualTo(404);
        }
    }

    @Test
    void a_page_is_no_web_socket() throws Exception {
        try (var web = RawOrigin.answering(status(403));
                var errors = RawOrigin.answering(PAGE);
                var adit = serving(ERRORS + "custom-http-errors: \"403\"", web, errors)) {
            var reply =
                    adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertThat(reply.body()).isEqualTo("page");
            assertThat(errors.head()).doesNotContainIgnoringCase("upgrade: websocket");
        }
    }

    @Test
    void a_copy_is_dropped_where_its_request_gets_a_page_before_its_body_has_come() throws Exception {
        var annotations = ERRORS + "custom-http-errors: \"413\", {}proxy-body-size: \"10\","
                + " {}mirror-target: \"http://shadow$request_uri\"";
        try (var web = new RawOrigin(
                        (_, socket) -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
                var shadow = new RawOrigin((_, socket) -> RawOrigin.awaitReset(socket));
                var errors = RawOrigin.answering(PAGE);
                var adit = IngressNginx.serving(
                        annotations,
                        web.port(),
                        Adit.service("errors", errors.port()) + Adit.service("shadow", shadow.port()))) {
            var chunked = "POST / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n14\r\nmuch more than that!\r\n0\r\n\r\n";
            assertThat(adit.send(chunked).body()).isEqualTo("page");
            assertThat(errors.head()).contains("x-code: 413\r\n");
        }
    }
}
