package dev.adit.extension;

import dev.adit.http.Limits;
import dev.adit.routing.upstream.UpstreamProtocol;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.EnumMap;
import java.util.Map;

/** The clients of Vert.x by which requests go on from interceptors to endpoints; those of one event loop. */
final class EndpointClients {
    private static final int CONNECTIONS_PER_ENDPOINT = 512;
    private static final int HTTP2_CONNECTIONS_PER_ENDPOINT = 4;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Map<UpstreamProtocol, HttpClient> clients = new EnumMap<>(UpstreamProtocol.class);
    private final Vertx vertx;
    private final Limits limits;
    private final EndpointGuard guard;

    /**
     * Must be called on the event loop that will use the clients: a pool follows the loop of its caller.
     *
     * @param limits of a response's head
     */
    EndpointClients(Vertx vertx, Limits limits) {
        this.vertx = vertx;
        this.limits = limits;
        this.guard = new EndpointGuard(limits);
    }

    HttpClient of(UpstreamProtocol protocol) {
        return clients.computeIfAbsent(protocol, this::create);
    }

    private HttpClient create(UpstreamProtocol protocol) {
        var pool = new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_ENDPOINT)
                .setHttp2MaxSize(HTTP2_CONNECTIONS_PER_ENDPOINT)
                .setMaxWaitQueueSize(CONNECTIONS_PER_ENDPOINT);
        var options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(limits.fieldBytes())
                .setMaxInitialLineLength(limits.targetBytes())
                .setDecompressionSupported(false)
                .setTracingPolicy(TracingPolicy.IGNORE);
        switch (protocol) {
            case HTTP1, AS_CLIENT -> {}
            case H2C -> options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
            case HTTPS ->
                options.setSsl(true)
                        .setTrustAll(true)
                        .setVerifyHost(false)
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setUseAlpn(true);
        }
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(guard)
                .build();
    }
}
