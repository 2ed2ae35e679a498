package dev.adit.upstream;

import dev.adit.http.Limits;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamProtocol;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.tracing.TracingPolicy;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The clients of one event loop: one for requests, one for connections that become tunnels. */
public final class UpstreamClients {
    // Beyond this, requests to one endpoint wait; as many again may wait before a 503 sheds them.
    private static final int CONNECTIONS_PER_ENDPOINT = 512;
    private static final int HTTP2_CONNECTIONS_PER_ENDPOINT = 4;
    // For as many streams as may wait at a time, each with a window of its own.
    private static final int HTTP2_WINDOW = CONNECTIONS_PER_ENDPOINT << 16;
    private static final int TUNNELS_PER_ENDPOINT = 65_536;

    private final Map<UpstreamProtocol, HttpClient> requests = new EnumMap<>(UpstreamProtocol.class);
    private final Map<UpstreamProtocol, HttpClient> tunnels = new EnumMap<>(UpstreamProtocol.class);
    private final Vertx vertx;
    private final UpstreamTimeouts timeouts;
    private final Limits limits;
    private final EndpointGuard guard;
    private BiConsumer<Endpoint, Long> connected = (_, _) -> {};

    /**
     * Must be called on the event loop that will use the clients: a pool follows the loop of its caller.
     *
     * @param limits of a response's head, which are those of a request's
     */
    public UpstreamClients(Vertx vertx, UpstreamTimeouts timeouts, Limits limits) {
        this.vertx = vertx;
        this.timeouts = timeouts;
        this.limits = limits;
        this.guard = new EndpointGuard(limits);
    }

    /** Is told of each endpoint of HTTP/2 that has been connected to, and how many exchanges it takes at a time. */
    public void onConnect(BiConsumer<Endpoint, Long> listener) {
        connected = listener;
    }

    /**
     * Breaks a request off. One of HTTP/2 whose head has not been sent yet has to be sent: Vert.x keeps the place of a
     * stream that has never begun for ever. As a question that asks nothing, since nobody wants an answer.
     */
    public static void abandon(HttpClientRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            try {
                request.headers().clear();
                request.setMethod(HttpMethod.OPTIONS).setURI("*").sendHead();
            } catch (IllegalArgumentException | IllegalStateException _) {
                // It has been sent.
            }
        }
        request.reset();
    }

    /** Pooled connections, given back after each response. */
    public HttpClient requests(UpstreamProtocol protocol) {
        return requests.computeIfAbsent(protocol, this::pooled);
    }

    /** Connections that are held as long as the tunnel lasts, and so must not use up the others; of HTTP/1 always. */
    public HttpClient tunnels(UpstreamProtocol protocol) {
        return tunnels.computeIfAbsent(protocol, this::unpooled);
    }

    private HttpClient pooled(UpstreamProtocol protocol) {
        var pool = new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_ENDPOINT)
                .setHttp2MaxSize(HTTP2_CONNECTIONS_PER_ENDPOINT)
                .setMaxWaitQueueSize(CONNECTIONS_PER_ENDPOINT)
                .setCleanerPeriod(5_000);
        var options = options();
        switch (protocol) {
            case HTTP1 -> {}
            case H2C -> options.setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
            case HTTPS ->
                encrypt(options).setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true);
        }
        return client(options, pool);
    }

    private void connected(HttpConnection connection) {
        guard.handle(connection);
        var context = ((ConnectionBase) connection).channelHandlerContext();
        if (context.handler() instanceof Http2ConnectionHandler handler) {
            widen(handler);
            var address = connection.remoteAddress();
            connected.accept(
                    new Endpoint(address.hostAddress(), address.port()),
                    HTTP2_CONNECTIONS_PER_ENDPOINT * connection.remoteSettings().getMaxConcurrentStreams());
        }
    }

    /**
     * So that responses that their clients do not read cannot stop the others on their connection. By Netty, since Vert.x
     * takes its own setting for what a request may write ahead, too.
     */
    private static void widen(Http2ConnectionHandler handler) {
        try {
            handler.decoder()
                    .flowController()
                    .incrementWindowSize(handler.connection().connectionStream(), HTTP2_WINDOW);
        } catch (Http2Exception e) {
            throw new IllegalStateException("the window of a new connection cannot be full", e);
        }
    }

    private HttpClient unpooled(UpstreamProtocol protocol) {
        // Kept alive by option: else the client would say Connection: close in the place of Upgrade.
        var options = options();
        if (protocol == UpstreamProtocol.HTTPS) {
            encrypt(options);
        }
        return client(options, new PoolOptions().setHttp1MaxSize(TUNNELS_PER_ENDPOINT));
    }

    private HttpClient client(HttpClientOptions options, PoolOptions pool) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(this::connected)
                .build();
    }

    private static HttpClientOptions encrypt(HttpClientOptions options) {
        return options.setSsl(true).setTrustAll(true).setVerifyHost(false);
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setConnectTimeout((int) timeouts.connect().toMillis())
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) timeouts.keepAlive().toSeconds())
                .setMaxHeaderSize(limits.fieldBytes())
                .setMaxInitialLineLength(limits.targetBytes())
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setMaxHeaderListSize(limits.fieldBytes()))
                .setDecompressionSupported(false)
                .setTracingPolicy(TracingPolicy.IGNORE);
    }
}
