package dev.adit.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;

/** The clients of one event loop: one for requests, one for connections that become tunnels. */
public final class UpstreamClients {
    // Beyond this, requests to one endpoint wait; as many again may wait before a 503 sheds them.
    private static final int CONNECTIONS_PER_ENDPOINT = 512;
    private static final int TUNNELS_PER_ENDPOINT = 65_536;

    private final HttpClient requests;
    private final HttpClient tunnels;

    /** Must be called on the event loop that will use the clients: a pool follows the loop of its caller. */
    public UpstreamClients(Vertx vertx, UpstreamTimeouts timeouts) {
        requests = vertx.createHttpClient(
                options(timeouts),
                new PoolOptions()
                        .setHttp1MaxSize(CONNECTIONS_PER_ENDPOINT)
                        .setMaxWaitQueueSize(CONNECTIONS_PER_ENDPOINT)
                        .setCleanerPeriod(5_000));
        tunnels = vertx.createHttpClient(
                options(timeouts).setKeepAlive(false), new PoolOptions().setHttp1MaxSize(TUNNELS_PER_ENDPOINT));
    }

    /** Pooled connections, given back after each response. */
    public HttpClient requests() {
        return requests;
    }

    /** Connections that are held as long as the tunnel lasts, and so must not use up the others. */
    public HttpClient tunnels() {
        return tunnels;
    }

    private static HttpClientOptions options(UpstreamTimeouts timeouts) {
        return new HttpClientOptions()
                .setConnectTimeout((int) timeouts.connect().toMillis())
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) timeouts.keepAlive().toSeconds())
                .setMaxHeaderSize(32_768)
                .setMaxInitialLineLength(16_384)
                .setDecompressionSupported(false)
                .setTracingPolicy(TracingPolicy.IGNORE);
    }
}
