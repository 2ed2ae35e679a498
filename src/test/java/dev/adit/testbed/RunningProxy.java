package dev.adit.testbed;

import dev.adit.downstream.listener.OpenPorts;
import dev.adit.downstream.listener.ProxyVerticle;
import dev.adit.exchange.Remembered;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.extension.Interceptors;
import dev.adit.http.ClientPolicy;
import dev.adit.match.Generation;
import dev.adit.match.RouteIndex;
import dev.adit.observe.ExchangeObserver;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.PortUse;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.text.RoutingReader;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.tls.ServerTls;
import dev.adit.tls.SniKeyManager;
import dev.adit.translate.Translation;
import dev.adit.x509.SelfSigned;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Both listeners on free ports, with one route that takes every request. */
public final class RunningProxy implements AutoCloseable {
    private static final UpstreamId UPSTREAM = new UpstreamId("ns", "web", "", 80);

    private static final int FIRST_PORT = 4_000;
    private static final int PORTS = 4_000;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

    private final Vertx vertx = Vertx.vertx();
    private final int http = freePort();
    private final int https = freePort();
    private final ProxyVerticle verticle;
    private final ServerTls tls;
    private final OpenPorts ports;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile Generation live = Generation.NONE;
    private volatile CertificateTable certificates =
            new CertificateTable(RoutingTable.EMPTY, DefaultCertificate.generate(Instant.now()));

    public RunningProxy() {
        this(UpstreamTimeouts.DEFAULT);
    }

    public RunningProxy(UpstreamTimeouts timeouts) {
        this(timeouts, ClientPolicy.DEFAULT, Interceptors.NONE);
    }

    /** Tells an observer of every request. */
    public RunningProxy(UpstreamTimeouts timeouts, ClientPolicy policy, ExchangeObserver observer) {
        this(timeouts, policy, Interceptors.NONE, observer);
    }

    public RunningProxy(ClientPolicy policy) {
        this(UpstreamTimeouts.DEFAULT, policy, Interceptors.NONE);
    }

    public RunningProxy(Interceptors interceptors) {
        this(UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, interceptors);
    }

    private RunningProxy(UpstreamTimeouts timeouts, ClientPolicy policy, Interceptors interceptors) {
        this(timeouts, policy, interceptors, _ -> {});
    }

    private RunningProxy(
            UpstreamTimeouts timeouts, ClientPolicy policy, Interceptors interceptors, ExchangeObserver observer) {
        this(timeouts, policy, interceptors, observer, false);
    }

    /** One that speaks TLS as where BoringSSL cannot be loaded. */
    public static RunningProxy withTlsOfJdk() {
        return new RunningProxy(UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, Interceptors.NONE, _ -> {}, true);
    }

    private RunningProxy(
            UpstreamTimeouts timeouts,
            ClientPolicy policy,
            Interceptors interceptors,
            ExchangeObserver observer,
            boolean ofJdk) {
        var listeners = new ProxyVerticle.Listeners("::", http, https);
        tls = ofJdk ? ServerTls.ofJdk() : ServerTls.of(this::certificates);
        verticle = new ProxyVerticle(
                listeners,
                () -> live,
                port -> new SniKeyManager(() -> certificates(port)),
                tls,
                timeouts,
                policy,
                interceptors,
                () -> observer,
                Remembered.nothing());
        ports = new OpenPorts(List.of(verticle), failures::add);
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
    }

    private CertificateTable certificates(Integer port) {
        return RoutingTable.isShared(port)
                ? certificates
                : new CertificateTable(live.table(), port, DefaultCertificate.generate(Instant.now()));
    }

    public int http() {
        return http;
    }

    public int https() {
        return https;
    }

    /** Sends every request to one of these ports. */
    public void route(int... ports) {
        route(UpstreamProtocol.HTTP1, ports);
    }

    /** The same for endpoints that speak another protocol. */
    public void route(UpstreamProtocol protocol, int... ports) {
        route(UpstreamPolicy.DEFAULT.with(protocol), ports);
    }

    public void route(UpstreamPolicy policy, int... ports) {
        var action = new Route.Action.Forward(UPSTREAM, policy);
        var route = new Route(RouteMatch.of(new PathMatch.Prefix("/")), action, new RouteOrigin("ns", "web", "spec"));
        var host = new Host(Hostname.ANY, "ns", List.of(route));
        var table = new RoutingTable(List.of(host), List.of());
        var endpoints =
                Arrays.stream(ports).mapToObj(p -> new Endpoint("127.0.0.1", p)).toList();
        live = new Generation(1, table, RouteIndex.compile(table), new EndpointTable(Map.of(UPSTREAM, endpoints)));
    }

    /** Sends the requests of every host to a port, once they come by TLS or not, as the policy says. */
    public void route(List<Policy> policies, int port) {
        hosts(port, new Host(Hostname.ANY, "ns", List.of(route("/", policies))));
    }

    /** Sends the requests of these hosts to a port. */
    public void hosts(int port, Host... hosts) {
        publish(new RoutingTable(List.of(hosts), List.of()), port);
    }

    /** A route for {@link #hosts}. */
    public static Route route(String prefix, List<Policy> policies) {
        var action = new Route.Action.Forward(UPSTREAM, UpstreamPolicy.DEFAULT);
        return new Route(
                RouteMatch.of(new PathMatch.Prefix(prefix)), policies, action, new RouteOrigin("ns", "web", "spec"));
    }

    /** Gives a host a certificate of its own, beside those of others. */
    public void certificates(String... hosts) {
        var made = Arrays.stream(hosts)
                .map(host -> {
                    var pair = SelfSigned.generate(host, host, Instant.now(), Duration.ofDays(1));
                    var names = List.of(Hostname.parse(host).orElseThrow());
                    return new Certificate(names, "ns/" + host, pair.key(), List.of(pair.certificate()));
                })
                .toList();
        certificates =
                new CertificateTable(new RoutingTable(List.of(), made), DefaultCertificate.generate(Instant.now()));
    }

    /** Lets the TLS of one host end at a port. */
    public void passthrough(String host, int port) {
        var forward = new Route.Action.Forward(UPSTREAM, UpstreamPolicy.DEFAULT);
        var name = Hostname.parse(host).orElseThrow();
        hosts(
                port,
                new Host(
                        name,
                        "ns",
                        List.of(),
                        Optional.of(new Tunnel(forward, false, new RouteOrigin("ns", "test", "")))));
    }

    private void publish(RoutingTable table, int port) {
        publish(table, new EndpointTable(Map.of(UPSTREAM, List.of(new Endpoint("127.0.0.1", port)))));
    }

    /** Returns when the ports are open that Gateways have for themselves. */
    public void publish(RoutingTable table, EndpointTable endpoints) {
        live = new Generation(1, table, RouteIndex.compile(table), endpoints);
        opened(table.ownPorts()).toCompletionStage().toCompletableFuture().join();
    }

    /** Opens these ports of Gateways, and ends all others of theirs. */
    public Future<Void> opened(Map<Integer, PortUse> uses) {
        return ports.follow(uses);
    }

    /** What was wrong with ports that could not be opened. */
    public List<String> failures() {
        return failures;
    }

    /** Serves what objects mean, with the certificates that they name. */
    public void serve(Translation translation) {
        certificates = new CertificateTable(translation.table(), DefaultCertificate.generate(Instant.now()));
        publish(translation.table(), translation.endpoints());
    }

    /** Serves what a text in the form of {@link RoutingReader} says. */
    public void serve(String routes) {
        var read = RoutingReader.read(routes);
        publish(read.table(), read.endpoints());
    }

    /** Requests that have not ended. */
    public int activeRequests() {
        return verticle.activeRequests();
    }

    /** Completes when the last connection has ended. */
    public Future<Void> drain() {
        return verticle.drain();
    }

    /** As before the first table. */
    public void forget() {
        live = Generation.NONE;
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        tls.close();
    }

    /**
     * One that nobody listens on, and that was not given to anybody before. It lies below the range that the kernel uses
     * for outgoing connections, which could take it before it is listened on.
     */
    public static int freePort() {
        for (var tries = 0; tries < PORTS; tries++) {
            try (var socket = new ServerSocket(FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS))) {
                return socket.getLocalPort();
            } catch (IOException _) {
                // Taken: the next one.
            }
        }
        throw new IllegalStateException("no port from %d on is free".formatted(FIRST_PORT));
    }
}
