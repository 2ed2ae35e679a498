package dev.adit.delegate;

import dev.adit.balance.Balancer;
import dev.adit.http.BalanceKey;
import dev.adit.http.Verdict;
import dev.adit.overload.SharedCapacity;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.upstream.UpstreamClients;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connects a request to an endpoint of its route, and to another one where that fails. */
public final class Connector {
    private static final int MAX_ATTEMPTS = 3;

    private final UpstreamClients clients;
    private final Balancer balancer;
    private final EndpointShares shares;
    private final Duration wait;

    /**
     * Connects on one event loop.
     *
     * @param wait how long an exchange may wait for a connection
     */
    public Connector(UpstreamClients clients, Balancer balancer, SharedCapacity capacity, Duration wait) {
        this.clients = clients;
        this.balancer = balancer;
        this.shares = new EndpointShares(capacity);
        this.wait = wait;
        clients.onConnect(shares::connected);
    }

    /** Ends what takes too long, as of {@link System#nanoTime}. */
    public void sweep(long now) {
        shares.sweep(now, wait.toNanos());
    }

    /** No byte is sent before it stands, so that any method may be tried elsewhere. */
    Future<HttpClientRequest> connect(Exchange exchange, Verdict.Forward route) {
        return connect(exchange, route, 1, null);
    }

    private Future<HttpClientRequest> connect(
            Exchange exchange, Verdict.Forward route, int attempt, @Nullable Endpoint failed) {
        var endpoint = choose(exchange, route, failed);
        return open(exchange, route, endpoint).recover(cause -> {
            if (cause instanceof Share.RefusedException) {
                return Future.failedFuture(cause);
            }
            balancer.connectFailed(endpoint);
            return attempt < Math.min(MAX_ATTEMPTS, route.endpoints().size())
                    ? connect(exchange, route, attempt + 1, endpoint)
                    : Future.failedFuture(cause);
        });
    }

    private Future<HttpClientRequest> open(Exchange exchange, Verdict.Forward route, Endpoint endpoint) {
        var protocol = route.policy().protocol();
        if (exchange.isUpgrade()) {
            // As many as there are client connections, each of which can have one only.
            return clients.tunnels(protocol)
                    .request(options(exchange, route, endpoint))
                    .onSuccess(request -> connected(request, endpoint));
        }
        return exchange.claim(shares, endpoint)
                .compose(_ -> clients.requests(protocol)
                        .request(options(exchange, route, endpoint))
                        .onFailure(_ -> exchange.connectFailed()))
                .compose(request -> {
                    connected(request, endpoint);
                    if (exchange.connected(request)) {
                        return Future.succeededFuture(request);
                    }
                    UpstreamClients.abandon(request);
                    return Future.failedFuture(new Share.RefusedException()); // nobody waits any more
                });
    }

    private void connected(HttpClientRequest request, Endpoint endpoint) {
        balancer.connected(endpoint);
        // Whoever waits for the response is told as well; without handlers there is a line in the log for each failure.
        request.exceptionHandler(_ -> {});
        request.response().onSuccess(response -> response.exceptionHandler(_ -> {}));
    }

    private Endpoint choose(Exchange exchange, Verdict.Forward route, @Nullable Endpoint failed) {
        var balancing = route.policy().balancing();
        var fields = exchange.request().headers();
        var key = BalanceKey.of(balancing, exchange.client(), exchange.head(), fields::getAll);
        var chosen =
                balancer.choose(new Balancer.Question(route.upstream(), balancing, route.endpoints(), key, failed));
        if (balancing.isLoadAware()) {
            exchange.burden(balancer.load(chosen));
        }
        return chosen;
    }

    private RequestOptions options(Exchange exchange, Verdict.Forward route, Endpoint endpoint) {
        var options = new RequestOptions()
                .setMethod(exchange.request().method())
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.address()))
                .setHost(endpoint.address())
                .setPort(endpoint.port())
                .setURI(exchange.head().target());
        // Includes the time that it waits in Vert.x's pool.
        return options.setConnectTimeout(
                route.policy().connectTimeout().orElse(wait).toMillis());
    }
}
