package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.extension.Interceptors;
import dev.adit.extension.RouteInterceptor;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beans that extend Adit in Java. */
class InterceptorTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n\r\nok";
    private static final String GET = "GET /p?q=1 HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n";

    @Test
    void an_interceptor_changes_requests_and_responses_of_its_ingress() throws Exception {
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Stamp("web"))));
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var response = RawClient.exchange(proxy.http(), GET + "X-Forwarded-For: 6.6.6.6\r\nKeep-Alive: 5\r\n\r\n");
            assertThat(origin.head())
                    .startsWith("GET /p?q=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: a.test\r\n")
                    .containsIgnoringCase("x-stamp: request\r\n")
                    .containsIgnoringCase("x-forwarded-for: 127.0.0.1\r\n")
                    .doesNotContainIgnoringCase("6.6.6.6", "keep-alive: 5");
            assertThat(response)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("x-stamp: response\r\n")
                    .doesNotContainIgnoringCase("x-hop")
                    .endsWith("ok");
        }
    }

    @Test
    void an_interceptor_can_answer_by_itself_and_then_nothing_reaches_the_upstream() throws Exception {
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Guard())));
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), GET + "\r\n"))
                    .startsWith("HTTP/1.1 403 ")
                    .endsWith("no");
            assertThat(origin.heads()).isEmpty();
        }
    }

    @Test
    void a_websocket_cannot_pass_by_an_interceptor() throws Exception {
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Stamp("web"))));
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            var upgrade = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
            try (var client = new RawClient(proxy.http())) {
                client.send(upgrade);
                assertThat(client.readHead()).startsWith("HTTP/1.1 501 ");
            }
            assertThat(origin.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 999 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length foo: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: \u001b\r\nContent-Length: 2\r\n\r\nok"
            })
    void what_an_endpoint_answers_is_judged_before_an_interceptor_sees_it(String answer) throws Exception {
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Stamp("web"))));
                var origin = RawOrigin.answering(answer)) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), GET + "\r\n")).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void an_interceptor_cannot_put_a_line_end_into_a_field() throws Exception {
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Echo())));
                var origin = RawOrigin.answering(OK);
                var client = new Http2Client()) {
            proxy.route(origin.port());
            var answer = Http2Client.answer(client.request(proxy.https(), HttpMethod.GET, "/"));
            assertThat(answer.response().statusCode()).isEqualTo(502);
            assertThat(RawClient.exchange(proxy.http(), GET + "\r\n")).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void a_body_shorter_than_its_head_says_is_no_answer() throws Exception {
        var vertx = Vertx.vertx();
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(0).setHttp2ClearTextEnabled(true);
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Stamp("web"))))) {
            var origin = vertx.createHttpServer(options)
                    .requestHandler(request -> request.response()
                            .putHeader("content-length", "100")
                            .end());
            proxy.route(UpstreamProtocol.H2C, Http2Client.await(origin.listen()).actualPort());
            assertThat(RawClient.exchange(proxy.http(), GET + "\r\n")).startsWith("HTTP/1.1 502 ");
        } finally {
            Http2Client.await(vertx.close());
        }
    }

    @Test
    void other_ingresses_do_not_notice() throws Exception {
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Stamp("other"))));
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), GET + "\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContainIgnoringCase("x-stamp");
            assertThat(origin.head()).doesNotContainIgnoringCase("x-stamp");
        }
    }

    @Test
    void a_client_that_names_fields_in_connection_does_not_get_past_an_interceptor() throws Exception {
        var named = "Connection: close, X-Adit-Detour-Namespace, X-Adit-Detour-Ingress, X-Adit-Detour-Address\r\n";
        try (var proxy = new RunningProxy(new Interceptors(List.of(new Stamp("web"))));
                var origin = RawOrigin.answering(OK)) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), "GET / HTTP/1.1\r\nHost: a.test\r\n" + named + "\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(origin.head())
                    .containsIgnoringCase("x-stamp: request\r\n")
                    .doesNotContainIgnoringCase("x-adit-detour");
        }
    }

    private record Stamp(String ingress) implements RouteInterceptor {
        @Override
        public boolean isFor(String namespace, String name) {
            return name.equals(ingress);
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            context.request().putHeader("x-stamp", "request");
            return context.sendRequest();
        }

        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            context.response().putHeader("x-stamp", "response");
            return context.sendResponse();
        }
    }

    private record Echo() implements RouteInterceptor {
        @Override
        public boolean isFor(String namespace, String name) {
            return true;
        }

        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            context.response().putHeader("x-echo", "a\r\n b");
            return context.sendResponse();
        }
    }

    private record Guard() implements RouteInterceptor {
        @Override
        public boolean isFor(String namespace, String name) {
            return true;
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            var response = context.request().release().response();
            return Future.succeededFuture(response.setStatusCode(403).setBody(Body.body(Buffer.buffer("no"))));
        }
    }
}
