package dev.adit.downstream.listener;

import dev.adit.balance.Balancer;
import dev.adit.exchange.Detour;
import dev.adit.exchange.EventLoopContext;
import dev.adit.exchange.Remembered;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.extension.InterceptedRoutes;
import dev.adit.extension.Interceptors;
import dev.adit.http.ClientPolicy;
import dev.adit.match.Generation;
import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.LoopLag;
import dev.adit.overload.Capacity;
import dev.adit.overload.SharedCapacity;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortUse;
import dev.adit.routing.PortUse.Protocol;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.tls.CipherSuites;
import dev.adit.tls.ClientTrust;
import dev.adit.tls.ServerTls;
import dev.adit.upstream.PooledUpstreams;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.BindException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** The listeners of one event loop with everything that serves their requests; loops share nothing but the generation. */
public final class ProxyVerticle extends AbstractVerticle {
    private static final long DRAIN_LOOK_MILLIS = 20;
    private static final long SWEEP_MILLIS = 60_000;
    private static final int ACCEPT_BACKLOG = 1_024;

    /**
     * Where the proxy listens; port 0 takes any free one.
     *
     * @param address the local address
     */
    public record Listeners(String address, int httpPort, int httpsPort) {
        /** In place of a port: no such listener. */
        public static final int NONE = -1;
    }

    private final Listeners listeners;
    private final Supplier<Generation> live;
    private final Function<Integer, X509KeyManager> keys;
    private static final long LAG_MILLIS = 500;

    private final ServerTls tls;
    private final UpstreamTimeouts timeouts;
    private final ClientPolicy policy;
    private final Interceptors interceptors;
    private final Supplier<? extends ExchangeObserver> observers;
    private final Remembered remembered;
    private final Capacity capacity;
    private @Nullable EventLoopContext eventLoop;
    private @Nullable LoopPorts ports;
    private volatile @Nullable ConnectionSetup intake;
    private volatile @Nullable Balancer balancer;
    private volatile @Nullable LoopLag lag;

    /**
     * Everything for one event loop.
     *
     * @param keys of each port, as the routing table names it
     * @param observers makes the one that is told of the requests of this event loop
     * @param remembered by the process
     */
    public ProxyVerticle(
            Listeners listeners,
            Supplier<Generation> live,
            Function<Integer, X509KeyManager> keys,
            ServerTls tls,
            UpstreamTimeouts timeouts,
            ClientPolicy policy,
            Interceptors interceptors,
            Supplier<? extends ExchangeObserver> observers,
            Remembered remembered) {
        this(
                listeners,
                live,
                keys,
                tls,
                timeouts,
                policy,
                interceptors,
                observers,
                remembered,
                Capacity.ofProcess(Runtime.getRuntime().availableProcessors()));
    }

    /** The same with another capacity than that of the process. */
    ProxyVerticle(
            Listeners listeners,
            Supplier<Generation> live,
            Function<Integer, X509KeyManager> keys,
            ServerTls tls,
            UpstreamTimeouts timeouts,
            ClientPolicy policy,
            Interceptors interceptors,
            Supplier<? extends ExchangeObserver> observers,
            Remembered remembered,
            Capacity capacity) {
        this.listeners = listeners;
        this.live = live;
        this.keys = keys;
        this.tls = tls;
        this.timeouts = timeouts;
        this.policy = policy;
        this.interceptors = interceptors;
        this.observers = observers;
        this.remembered = remembered;
        this.capacity = capacity;
    }

    @Override
    public void start(Promise<Void> started) {
        InterceptedRoutes.listen(vertx, interceptors, policy.limits())
                .compose(this::listen)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private Future<?> listen(Detour detour) {
        var loop = ((ContextInternal) context).nettyEventLoop();
        var shared = new SharedCapacity(capacity, loop);
        EventLoopContext.UpstreamsFactory upstreams = (bootstrap, balancer, decoding, codecs) ->
                new PooledUpstreams(bootstrap, balancer, decoding, codecs, policy.limits(), shared, timeouts);
        var clients = new EventLoopContext(
                vertx, live, timeouts, policy, detour, balancer(), observers.get(), shared, remembered, upstreams);
        eventLoop = clients;
        var setup = new ConnectionSetup(clients, loop);
        intake = setup;
        var late = new LoopLag(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(LAG_MILLIS));
        vertx.setPeriodic(LAG_MILLIS, _ -> late.runs(System.nanoTime()));
        lag = late;
        var tunnels = new Tunnels(clients);
        ports = new LoopPorts(
                (ContextInternal) context,
                (port, use) -> new ProxyServer(
                        vertx,
                        use.isSecure() ? secure(port, port) : plain(port),
                        policy,
                        use.protocol(),
                        use.protocol() == Protocol.HTTP ? PriorKnowledge.ALWAYS : PriorKnowledge.NEVER,
                        setup,
                        tunnels,
                        tls,
                        port));
        var http = RoutingTable.port(false);
        var https = RoutingTable.port(true);
        return Future.all(
                listen("--http-port", http, plain(listeners.httpPort()), setup, tunnels),
                listen("--https-port", https, secure(listeners.httpsPort(), https), setup, tunnels));
    }

    /** The connections of clients that there are; from any thread. */
    public int connections() {
        var setup = intake;
        return setup == null ? 0 : setup.connections();
    }

    /** Those that there have been so far, too; from any thread. */
    public long acceptedConnections() {
        var setup = intake;
        return setup == null ? 0 : setup.acceptedConnections();
    }

    /** Requests that a route has taken and that have not ended; from any thread. */
    public int activeRequests() {
        var setup = intake;
        return setup == null ? 0 : setup.activeRequests();
    }

    /** Adds the number of TLS handshakes by version; from any thread. */
    public void addHandshakesTo(Map<String, Long> sums) {
        var setup = intake;
        if (setup != null) {
            setup.handshakes().addTo(sums);
        }
    }

    /** How late this event loop was in the last minute, in nanoseconds; from any thread. */
    public long worstLag() {
        var measured = lag;
        return measured == null ? 0 : measured.worst();
    }

    /** The endpoints that are skipped here for a while; from any thread. */
    public Set<Endpoint> ejected() {
        var made = balancer;
        return made == null ? Set.of() : made.ejected();
    }

    /** Opens a port of a Gateway, beside those of Ingresses. */
    Future<Void> open(int port, PortUse use) {
        return onLoop(open -> open.open(port, use));
    }

    /** Takes no more connections on it; completes when there is none. */
    Future<Void> end(int port) {
        return onLoop(open -> open.end(port));
    }

    /** Takes connections on it again. */
    void resume(int port) {
        var _ = onLoop(open -> {
            open.resume(port);
            return Future.succeededFuture();
        });
    }

    Future<Void> close(int port) {
        return onLoop(open -> open.close(port));
    }

    private Future<Void> onLoop(Function<LoopPorts, Future<Void>> step) {
        var done = Promise.<Void>promise();
        context.runOnContext(_ -> {
            if (ports == null) {
                done.complete();
            } else {
                step.apply(ports).onComplete(done);
            }
        });
        return done.future();
    }

    /** Tells those who come that they had better go elsewhere. */
    public void announceEnd() {
        context.runOnContext(_ -> {
            if (eventLoop != null) {
                eventLoop.startDraining();
            }
        });
    }

    /** Lets every connection come to its end; completes when the last one has. */
    public Future<Void> drain() {
        var ended = Promise.<Void>promise();
        context.runOnContext(_ -> {
            if (eventLoop == null) {
                ended.complete();
                return;
            }
            var clients = eventLoop;
            clients.drain();
            vertx.setPeriodic(DRAIN_LOOK_MILLIS, timer -> {
                if (clients.clients().isEmpty() && ended.tryComplete()) {
                    vertx.cancelTimer(timer);
                }
            });
        });
        return ended.future();
    }

    private PriorKnowledge h2c(boolean isSecure) {
        return isSecure ? PriorKnowledge.NEVER : policy.h2c() ? PriorKnowledge.ALWAYS : PriorKnowledge.WITH_GATEWAYS;
    }

    private Balancer balancer() {
        var made = new Balancer(System::nanoTime);
        vertx.setPeriodic(SWEEP_MILLIS, _ -> made.retain(live.get().endpoints()));
        balancer = made;
        return made;
    }

    private Future<?> listen(
            String option, Integer port, HttpServerOptions options, ConnectionSetup intake, Tunnels tunnels) {
        if (options.getPort() == Listeners.NONE) {
            return Future.succeededFuture();
        }
        return new ProxyServer(
                        vertx,
                        options,
                        policy,
                        options.isSsl() ? Protocol.HTTPS : Protocol.HTTP,
                        h2c(options.isSsl()),
                        intake,
                        tunnels,
                        tls,
                        port)
                .listen()
                .recover(cause -> Future.failedFuture(
                        new BindException("%s: cannot listen on %s:%d: %s; choose another port or --listen-address"
                                .formatted(option, options.getHost(), options.getPort(), cause.getMessage()))));
    }

    private HttpServerOptions plain(int port) {
        return new HttpServerOptions()
                .setHost(listeners.address())
                .setPort(port)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setTcpKeepAlive(true)
                .setMaxHeaderSize(policy.limits().fieldBytes())
                .setMaxInitialLineLength(policy.limits().targetBytes())
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    private Set<X509Certificate> authorities(Integer port, String serverName) {
        var name = Hostname.normalize(serverName);
        var demand = live.get().owning(name, port).clientDemand(name);
        // Where some routes are for everybody, whatever is shown is judged by the route alone.
        return demand == null || !demand.always() ? Set.of() : demand.certificates();
    }

    private HttpServerOptions secure(int number, Integer port) {
        var options = plain(number);
        CipherSuites.MODERN.forEach(options::addEnabledCipherSuite);
        return options.setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0))
                .setKeyCertOptions(KeyCertOptions.wrap(keys.apply(port)))
                .setTrustOptions(TrustOptions.wrap(new ClientTrust(name -> authorities(port, name))))
                .setSslEngineOptions(tls.engineOptions())
                .setHttp2ConnectionWindowSize(1 << 20);
    }
}
