package dev.adit.testbed;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** Vert.x's client, which shows each stream as it is. */
public final class Http2Client implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();

    public record Answer(HttpClientResponse response, String body) {}

    /** With a connection of its own, over TLS. */
    public HttpClient open() {
        return open(options());
    }

    public HttpClient open(HttpClientOptions options) {
        return vertx.createHttpClient(options);
    }

    public HttpClient open(Handler<HttpConnection> connected) {
        return vertx.httpClientBuilder()
                .with(options())
                .withConnectHandler(connected)
                .build();
    }

    public HttpClientRequest request(int port, HttpMethod method, String target) throws Exception {
        return request(open(), port, method, target);
    }

    public HttpClientRequest request(HttpClient client, int port, HttpMethod method, String target) throws Exception {
        return await(client.request(method, port, "127.0.0.1", target)).authority(HostAndPort.create("web.test", -1));
    }

    /** To a host by its own name, which is that of the handshake too. */
    public HttpClientRequest requestTo(String host, int port, HttpMethod method, String target) throws Exception {
        var options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(host)
                .setPort(443)
                .setMethod(method)
                .setURI(target);
        return await(open(options().setForceSni(true)).request(options));
    }

    /** By HTTP/1, over TLS. */
    public HttpClientRequest requestHttp1(int port, String target) throws Exception {
        var http1 = options().setProtocolVersion(HttpVersion.HTTP_1_1);
        return await(open(http1).request(HttpMethod.GET, port, "127.0.0.1", target));
    }

    /** Sends it; the body is listened to before there can be one. */
    public static Answer answer(HttpClientRequest request, String... body) throws Exception {
        var answer = whole(request.response());
        var _ = body.length == 0 ? request.send() : request.send(body[0]);
        return await(answer);
    }

    /** The response of a request that has not been sent to its end. */
    public static Future<Answer> whole(Future<HttpClientResponse> response) {
        return response.compose(r -> r.body().map(read -> new Answer(r, read.toString())));
    }

    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    public static HttpClientOptions options() {
        return new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2);
    }
}
