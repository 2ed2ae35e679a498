package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to one request on its way, seen from both sockets. */
class ForwardingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void connection_specific_fields_do_not_pass_in_either_direction() throws Exception {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
                + "Keep-Alive: timeout=5\r\nX-Kept: 1\r\n\r\nok";
        try (var origin = RawOrigin.answering(answer)) {
            proxy.route(origin.port());
            var response = RawClient.exchange(
                    proxy.http(),
                    "GET /p?q=1 HTTP/1.1\r\nHost: A.test:99\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nTE: gzip\r\n"
                            + "Proxy-Authorization: secret\r\nX-Other: 1\r\n\r\n");
            assertThat(origin.head())
                    .startsWith("GET /p?q=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: A.test:99\r\n")
                    .containsIgnoringCase("\r\nx-other: 1\r\n")
                    .doesNotContainIgnoringCase("x-mine", "proxy-authorization", "\r\nte:");
            assertThat(response)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nok")
                    .containsIgnoringCase("x-kept: 1")
                    .doesNotContainIgnoringCase("x-hop", "keep-alive", "server:");
        }
    }

    @Test
    void an_ipv6_client_is_named_in_the_short_form() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            try (var client = new RawClient("::1", proxy.http())) {
                client.send(GET + "\r\n");
                assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
            }
            assertThat(origin.head()).containsIgnoringCase("x-forwarded-for: ::1\r\n");
        }
    }

    @Test
    void a_client_cannot_have_identity_or_framing_removed_by_naming_it_in_connection() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            RawClient.exchange(
                    proxy.http(),
                    "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close, X-Forwarded-For, Host, Authorization\r\n"
                            + "Authorization: Basic eA==\r\n\r\n");
            assertThat(origin.head())
                    .containsIgnoringCase("x-forwarded-for: 127.0.0.1")
                    .containsIgnoringCase("host: a.test")
                    .containsIgnoringCase("authorization: Basic eA==");
        }
    }

    @Test
    void a_request_needs_exactly_one_valid_host() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            for (var hosts : List.of("", "Host: a.test\r\nHost: b.test\r\n", "Host: a b\r\n", "Host: u@a.test\r\n")) {
                var response =
                        RawClient.exchange(proxy.http(), "GET / HTTP/1.1\r\n" + hosts + "Connection: close\r\n\r\n");
                assertThat(response).as(hosts).startsWith("HTTP/1.1 400 Bad Request\r\n");
            }
        }
    }

    @Test
    void connect_and_trace_are_refused() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var connect = "CONNECT a.test:80 HTTP/1.1\r\nHost: a.test:80\r\nConnection: close\r\n\r\n";
            assertThat(RawClient.exchange(proxy.http(), connect)).startsWith("HTTP/1.1 405 ");
            assertThat(RawClient.exchange(proxy.http(), GET.replace("GET", "TRACE") + "\r\n"))
                    .startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void the_path_that_was_matched_is_the_one_that_is_forwarded() throws Exception {
        try (var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            RawClient.exchange(proxy.http(), GET.replace("GET / ", "GET /a/../b/%7euser/%2e/c?x=/../y ") + "\r\n");
            assertThat(origin.head()).startsWith("GET /b/~user/c?x=/../y HTTP/1.1\r\n");
        }
    }

    @Test
    void failures_of_the_upstream_have_statuses_that_tell_them_apart() throws Exception {
        proxy.route(RunningProxy.freePort());
        assertThat(RawClient.exchange(proxy.http(), GET + "\r\n"))
                .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                .endsWith("502 Bad Gateway: the endpoint refused the connection\n");
        proxy.route();
        assertThat(RawClient.exchange(proxy.http(), GET + "\r\n")).contains("503 Service Unavailable: the service");
        try (var origin = RawOrigin.answering("")) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), GET + "\r\n")).startsWith("HTTP/1.1 502 ");
        }
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nX: a")) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), GET + "\r\n")).startsWith("HTTP/1.1 502 ");
        }
        proxy.forget();
        assertThat(RawClient.exchange(proxy.http(), GET + "\r\n")).contains("the routes have not been read yet");
    }

    @Test
    void a_response_that_ends_too_early_is_not_passed_off_as_whole() throws Exception {
        try (var origin = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")) {
            proxy.route(origin.port());
            var response = RawClient.exchange(proxy.http(), GET + "\r\n");
            assertThat(response).containsIgnoringCase("content-length: 10").endsWith("half");
        }
    }
}
