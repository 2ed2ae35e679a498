package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
}
