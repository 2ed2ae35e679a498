package dev.adit.testbed;

import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.routing.upstream.UpstreamPolicy;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** A client and an endpoint of two versions of HTTP, and the proxy between them. */
public final class Wire implements AutoCloseable {
    private final Versions versions;
    private final RunningProxy proxy;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;

    public Wire(Versions versions) {
        this(versions, UpstreamTimeouts.DEFAULT);
    }

    public Wire(Versions versions, UpstreamTimeouts timeouts) {
        this.versions = versions;
        this.proxy = new RunningProxy(timeouts);
        this.client = newClient();
    }

    /** A whole response. */
    public record Answer(HttpClientResponse response, Buffer body) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return body.toString();
        }
    }

    public Versions versions() {
        return versions;
    }

    public RunningProxy proxy() {
        return proxy;
    }

    /** Sends all requests to a new endpoint, which does this with each of them. */
    public void endpoint(Handler<HttpServerRequest> handler) throws Exception {
        endpoint(versions.endpoint().server(), handler);
    }

    public void endpoint(HttpServerOptions options, Handler<HttpServerRequest> handler) throws Exception {
        proxy.route(versions.endpoint().protocol(), listen(options, handler));
    }

    /** A server whose requests nobody sends there yet; returns its port. */
    public int listen(HttpServerOptions options, Handler<HttpServerRequest> handler) throws Exception {
        return listen(options, 0, handler).actualPort();
    }

    public HttpServer listen(HttpServerOptions options, int port, Handler<HttpServerRequest> handler) throws Exception {
        var server = vertx.createHttpServer(options).requestHandler(handler);
        return await(server.listen(port, "127.0.0.1"));
    }

    /** Sends all requests to one of these ports, where endpoints of this version are. */
    public void route(int... ports) {
        proxy.route(UpstreamPolicy.DEFAULT.with(versions.endpoint().protocol()), ports);
    }

    /** A client with connections of its own. */
    public HttpClient newClient() {
        var options = new HttpClientOptions().setMaxPoolSize(200).setHttp2MaxPoolSize(10);
        return vertx.createHttpClient(
                versions.client() == ClientVersion.HTTP1
                        ? options
                        : options.setSsl(true)
                                .setTrustAll(true)
                                .setVerifyHost(false)
                                .setUseAlpn(true)
                                .setProtocolVersion(HttpVersion.HTTP_2));
    }

    public Future<HttpClientRequest> begin(HttpMethod method, String target) {
        return begin(client, method, target);
    }

    /** To the host a.test. */
    public Future<HttpClientRequest> begin(HttpClient from, HttpMethod method, String target) {
        var secure = versions.client() == ClientVersion.HTTP2;
        return from.request(new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(secure ? proxy.https() : proxy.http(), "127.0.0.1"))
                .setHost("a.test")
                .setPort(secure ? 443 : 80)
                .setMethod(method)
                .setURI(target));
    }

    public HttpClientRequest request(HttpMethod method, String target) throws Exception {
        return await(begin(method, target));
    }

    /** The whole response to a request without a body. */
    public Answer get(String target) throws Exception {
        return await(answer(request(HttpMethod.GET, target), Buffer.buffer()));
    }

    /** The whole response, which is listened to before there can be one. */
    public static Future<Answer> answer(HttpClientRequest request, Buffer body) {
        var answer = whole(request);
        var _ = body.length() == 0 ? request.send() : request.send(body);
        return answer;
    }

    /** The whole response to a request that is sent elsewhere. */
    public static Future<Answer> whole(HttpClientRequest request) {
        return request.response().compose(head -> head.body().map(body -> new Answer(head, body)));
    }

    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
        proxy.close();
    }
}
