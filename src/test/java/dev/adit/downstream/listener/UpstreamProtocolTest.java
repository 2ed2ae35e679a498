package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RunningProxy;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.tls.SniKeyManager;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that speak something other than plain HTTP/1.1. */
class UpstreamProtocolTest {
    private final RunningProxy proxy = new RunningProxy();
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        proxy.close();
        await(vertx.close());
    }

    @Test
    void a_call_of_grpc_reaches_an_endpoint_of_http_2_and_its_status_comes_back_in_the_trailers() throws Exception {
        proxy.route(UpstreamProtocol.H2C, origin(new HttpServerOptions().setHttp2ClearTextEnabled(true)));
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
        var options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(proxy.https(), "127.0.0.1"))
                .setHost("rpc.test")
                .setPort(443)
                .setMethod(HttpMethod.POST)
                .setURI("/quiz.Quiz/Ask");
        var request = await(client.request(options));
        request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
        var answer = request.send(Buffer.buffer("question"))
                .compose(response -> response.body().map(body -> Map.entry(response, body)));
        var response = await(answer).getKey();
        var body = await(answer).getValue();
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(body).hasToString("answer to question");
        assertThat(response.trailers().get("grpc-status")).isEqualTo("0");
        assertThat(seen.poll(10, TimeUnit.SECONDS))
                .isEqualTo("HTTP_2 POST rpc.test /quiz.Quiz/Ask te=trailers host=null");
    }

    @Test
    void an_endpoint_of_http_2_gets_what_every_endpoint_gets_of_targets_and_fields() throws Exception {
        var heads = new LinkedBlockingQueue<String>();
        var port = listen(new HttpServerOptions().setHttp2ClearTextEnabled(true), request -> {
            heads.add(request.method() + " " + request.uri() + "\n" + request.headers());
            request.response().end();
        });
        proxy.route(UpstreamProtocol.H2C, port);
        var end = " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n";
        assertThat(RawClient.exchange(proxy.http(), "OPTIONS /a" + end + "Max-Forwards: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("allow: ");
        for (var bad : List.of(
                "GET /x/..%2fa" + end,
                "GET a" + end,
                "GET ftp://a.test/" + end,
                "GET /a#b" + end,
                "OPTIONS /a" + end + "Max-Forwards: x\r\n")) {
            assertThat(RawClient.exchange(proxy.http(), bad + "\r\n")).startsWith("HTTP/1.1 400 ");
        }
        assertThat(heads).isEmpty();
        RawClient.exchange(
                proxy.http(),
                "OPTIONS /a" + end + "Max-Forwards: 3\r\nContent_Length: 9\r\nX.Real.IP: evil\r\nX_Own: kept\r\n\r\n");
        assertThat(heads.poll(10, TimeUnit.SECONDS))
                .startsWith("OPTIONS /a\n")
                .contains("max-forwards=2", "x_own=kept")
                .doesNotContain("content_length", "evil");
    }

    @Test
    void an_endpoint_is_judged_behind_tls_as_well_in_whatever_version_it_speaks() throws Exception {
        var certificates = new CertificateTable(RoutingTable.EMPTY, DefaultCertificate.generate(Instant.now()));
        for (var alpn : List.of(true, false)) {
            var options = new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(alpn)
                    .setKeyCertOptions(KeyCertOptions.wrap(new SniKeyManager(() -> certificates)));
            var port = listen(
                    options,
                    request -> request.response()
                            .setStatusCode(Integer.parseInt(request.getParam("status")))
                            .end(request.version().name()));
            proxy.route(UpstreamProtocol.HTTPS, port);
            var request = "GET /?status=%s HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
            assertThat(RawClient.exchange(proxy.http(), request.formatted(999))).startsWith("HTTP/1.1 502 ");
            assertThat(RawClient.exchange(proxy.http(), request.formatted(418)))
                    .startsWith("HTTP/1.1 418 ")
                    .endsWith(alpn ? "HTTP_2" : "HTTP_1_1");
        }
    }

    private int origin(HttpServerOptions options) throws Exception {
        return listen(
                options,
                request -> request.bodyHandler(body -> {
                    var fields = request.headers();
                    seen.add("%s %s %s %s te=%s host=%s"
                            .formatted(
                                    request.version(),
                                    request.method(),
                                    request.authority(),
                                    request.uri(),
                                    fields.get("te"),
                                    fields.get("host")));
                    var response = request.response().setChunked(true);
                    response.write("answer to " + body);
                    response.putTrailer("grpc-status", "0").end();
                }));
    }

    private int listen(HttpServerOptions options, io.vertx.core.Handler<HttpServerRequest> handler) throws Exception {
        var server =
                vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0)).requestHandler(handler);
        return await(server.listen()).actualPort();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
