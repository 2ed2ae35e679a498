package dev.adit.delegate;

import dev.adit.balance.Balancer;
import dev.adit.http.BalanceKey;
import dev.adit.http.Verdict;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.upstream.UpstreamClients;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Connects a request to an endpoint of its route, and to another one where that fails. */
public final class Connector {
    private static final int MAX_ATTEMPTS = 3;

    private final UpstreamClients clients;
    private final Balancer balancer;

    public Connector(UpstreamClients clients, Balancer balancer) {
        this.clients = clients;
        this.balancer = balancer;
    }

    /** No byte is sent before it stands, so that any method may be tried elsewhere. */
    Future<HttpClientRequest> connect(Exchange exchange, Verdict.Forward route) {
        return connect(exchange, route, 1, null);
    }

    private Future<HttpClientRequest> connect(
            Exchange exchange, Verdict.Forward route, int attempt, @Nullable Endpoint failed) {
        var endpoint = choose(exchange, route, failed);
        var protocol = route.policy().protocol();
        var client = exchange.isUpgrade() ? clients.tunnels(protocol) : clients.requests(protocol);
        return client.request(options(exchange, route, endpoint))
                .onSuccess(request -> connected(request, endpoint))
                .recover(cause -> {
                    balancer.connectFailed(endpoint);
                    return attempt < Math.min(MAX_ATTEMPTS, route.endpoints().size())
                            ? connect(exchange, route, attempt + 1, endpoint)
                            : Future.failedFuture(cause);
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

    private static RequestOptions options(Exchange exchange, Verdict.Forward route, Endpoint endpoint) {
        var options = new RequestOptions()
                .setMethod(exchange.request().method())
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.address()))
                .setHost(endpoint.address())
                .setPort(endpoint.port())
                .setURI(exchange.head().target());
        route.policy().connectTimeout().ifPresent(time -> options.setConnectTimeout(time.toMillis()));
        return options;
    }
}
