package dev.adit.engine;

import dev.adit.balance.Balancer;
import dev.adit.http.ProxyError;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.upstream.Dial;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one endpoint: the most recently used one is taken first. */
final class UpstreamPool {
    // Beyond this, requests to one endpoint wait; as many again may wait before a 503 sheds them.
    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_WAITING = 512;

    private final Bootstrap bootstrap;
    private final Endpoint endpoint;
    private final Balancer balancer;
    private final InetSocketAddress address;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private int open;

    UpstreamPool(Bootstrap bootstrap, Endpoint endpoint, Balancer balancer) {
        this.bootstrap = bootstrap;
        this.endpoint = endpoint;
        this.balancer = balancer;
        this.address = new InetSocketAddress(InetAddress.ofLiteral(endpoint.address()), endpoint.port());
    }

    /** A connection that is there and unused, or null. */
    @Nullable
    UpstreamConnection poll() {
        for (var found = idle.pollLast(); found != null; found = idle.pollLast()) {
            if (found.isUsable()) {
                return found;
            }
        }
        return null;
    }

    /**
     * Opens a connection for the exchange, or lets it wait for one; false when too many wait already.
     *
     * @param connectTimeout where it is not the one of all
     */
    boolean open(Exchange exchange, Optional<Duration> connectTimeout) {
        if (open >= MAX_CONNECTIONS) {
            if (waiting.size() >= MAX_WAITING) {
                waiting.removeIf(one -> !one.isWaiting());
            }
            return waiting.size() < MAX_WAITING && waiting.add(exchange);
        }
        open++;
        Dial.connect(bootstrap(connectTimeout), address, connected -> opened(connected, exchange));
        return true;
    }

    /** Takes back a connection that can carry another exchange. */
    void release(UpstreamConnection connection) {
        var next = nextWaiting();
        if (next == null) {
            idle.addLast(connection);
        } else {
            next.connected(connection);
        }
    }

    /** Told once of each connection that has ended. */
    void closed(UpstreamConnection connection) {
        idle.remove(connection);
        ended();
    }

    /** Fails those that have waited since before that time. */
    void expire(long since) {
        while (!waiting.isEmpty() && waiting.getFirst().startedAt() - since < 0) {
            waiting.removeFirst().fail(ProxyError.UPSTREAM_OVERLOADED);
        }
    }

    private void ended() {
        open--;
        var next = nextWaiting();
        if (next != null && !open(next, Optional.empty())) {
            next.fail(ProxyError.UPSTREAM_OVERLOADED);
        }
    }

    private Bootstrap bootstrap(Optional<Duration> connectTimeout) {
        return connectTimeout
                .map(time -> (int) Math.min(time.toMillis(), Integer.MAX_VALUE))
                .map(millis -> bootstrap.clone().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis))
                .orElse(bootstrap);
    }

    private @Nullable Exchange nextWaiting() {
        for (var next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
            if (next.isWaiting()) {
                return next;
            }
        }
        return null;
    }

    boolean isUnused() {
        return open == 0 && waiting.isEmpty();
    }

    private void opened(ChannelFuture connected, Exchange exchange) {
        if (!connected.isSuccess()) {
            balancer.connectFailed(endpoint);
            exchange.connectFailed(connected.cause());
            ended();
            return;
        }
        balancer.connected(endpoint);
        var connection = connected.channel().pipeline().get(UpstreamConnection.class);
        connection.pool(this);
        if (exchange.isWaiting()) {
            exchange.connected(connection);
        } else {
            connection.end(true); // nobody waits any more: from now on it may be closed at any time
        }
    }
}
