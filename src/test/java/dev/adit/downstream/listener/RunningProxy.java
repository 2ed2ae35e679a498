package dev.adit.downstream.listener;

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
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.tls.SniKeyManager;
import dev.adit.x509.SelfSigned;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Both listeners on free ports, with one route that takes every request. */
final class RunningProxy implements AutoCloseable {
    private static final UpstreamId UPSTREAM = new UpstreamId("ns", "web", "", 80);

    private final Vertx vertx = Vertx.vertx();
    private final int http = freePort();
    private final int https = freePort();
    private final ProxyVerticle verticle;
    private volatile Generation live = Generation.NONE;
    private volatile CertificateTable certificates =
            new CertificateTable(RoutingTable.EMPTY, DefaultCertificate.generate(Instant.now()));

    RunningProxy() {
        this(UpstreamTimeouts.DEFAULT);
    }

    RunningProxy(UpstreamTimeouts timeouts) {
        this(timeouts, ClientPolicy.DEFAULT, Interceptors.NONE);
    }

    /** Tells an observer of every request. */
    RunningProxy(UpstreamTimeouts timeouts, ClientPolicy policy, ExchangeObserver observer) {
        this(timeouts, policy, Interceptors.NONE, observer);
    }

    RunningProxy(ClientPolicy policy) {
        this(UpstreamTimeouts.DEFAULT, policy, Interceptors.NONE);
    }

    RunningProxy(Interceptors interceptors) {
        this(UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, interceptors);
    }

    private RunningProxy(UpstreamTimeouts timeouts, ClientPolicy policy, Interceptors interceptors) {
        this(timeouts, policy, interceptors, _ -> {});
    }

    private RunningProxy(
            UpstreamTimeouts timeouts, ClientPolicy policy, Interceptors interceptors, ExchangeObserver observer) {
        var listeners = new ProxyVerticle.Listeners("::", http, https);
        var keys = new SniKeyManager(() -> certificates);
        verticle = new ProxyVerticle(listeners, () -> live, keys, timeouts, policy, interceptors, () -> observer);
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().join();
    }

    int http() {
        return http;
    }

    int https() {
        return https;
    }

    /** Sends every request to one of these ports. */
    void route(int... ports) {
        route(UpstreamProtocol.HTTP1, ports);
    }

    /** The same for endpoints that speak another protocol. */
    void route(UpstreamProtocol protocol, int... ports) {
        route(UpstreamPolicy.DEFAULT.with(protocol), ports);
    }

    void route(UpstreamPolicy policy, int... ports) {
        var action = new Route.Action.Forward(UPSTREAM, policy);
        var route = new Route(RouteMatch.of(new PathMatch.Prefix("/")), action, new RouteOrigin("ns", "web", "spec"));
        var host = new Host(Hostname.ANY, "ns", List.of(route));
        var table = new RoutingTable(List.of(host), List.of());
        var endpoints =
                Arrays.stream(ports).mapToObj(p -> new Endpoint("127.0.0.1", p)).toList();
        live = new Generation(1, table, RouteIndex.compile(table), new EndpointTable(Map.of(UPSTREAM, endpoints)));
    }

    /** Sends the requests of every host to a port, once they come by TLS or not, as the policy says. */
    void route(List<Policy> policies, int port) {
        hosts(port, new Host(Hostname.ANY, "ns", List.of(route("/", policies))));
    }

    /** Sends the requests of these hosts to a port. */
    void hosts(int port, Host... hosts) {
        publish(new RoutingTable(List.of(hosts), List.of()), port);
    }

    /** A route for {@link #hosts}. */
    static Route route(String prefix, List<Policy> policies) {
        var action = new Route.Action.Forward(UPSTREAM, UpstreamPolicy.DEFAULT);
        return new Route(
                RouteMatch.of(new PathMatch.Prefix(prefix)), policies, action, new RouteOrigin("ns", "web", "spec"));
    }

    /** Gives a host a certificate of its own, beside those of others. */
    void certificates(String... hosts) {
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
    void passthrough(String host, int port) {
        var forward = new Route.Action.Forward(UPSTREAM, UpstreamPolicy.DEFAULT);
        var hosts = Map.of(Hostname.parse(host).orElseThrow(), forward);
        publish(new RoutingTable(List.of(), List.of(), hosts), port);
    }

    private void publish(RoutingTable table, int port) {
        var endpoints = new EndpointTable(Map.of(UPSTREAM, List.of(new Endpoint("127.0.0.1", port))));
        live = new Generation(1, table, RouteIndex.compile(table), endpoints);
    }

    /** Completes when the last connection has ended. */
    Future<Void> drain() {
        return verticle.drain();
    }

    /** As before the first table. */
    void forget() {
        live = Generation.NONE;
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
