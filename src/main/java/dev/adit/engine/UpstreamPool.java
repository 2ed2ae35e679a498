package dev.adit.engine;

import dev.adit.balance.Balancer;
import dev.adit.overload.FairShares;
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
    private final Bootstrap bootstrap;
    private final Endpoint endpoint;
    private final Balancer balancer;
    private final InetSocketAddress address;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final FairShares shares;
    private int open;

    UpstreamPool(Bootstrap bootstrap, Endpoint endpoint, Balancer balancer, FairShares shares) {
        this.bootstrap = bootstrap;
        this.endpoint = endpoint;
        this.balancer = balancer;
        this.shares = shares;
        this.address = new InetSocketAddress(InetAddress.ofLiteral(endpoint.address()), endpoint.port());
    }

    /** True when the exchange may have a connection now; else it is told when it may, or that it will not. */
    boolean claim(Exchange exchange) {
        return shares.claim(exchange);
    }

    /** The exchange needs no connection any more, after it has given back the one it had. */
    void release(Exchange exchange) {
        shares.release(exchange);
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
     * Opens a connection for an exchange whose claim has been granted.
     *
     * @param connectTimeout where it is not the one of all
     */
    void open(Exchange exchange, Optional<Duration> connectTimeout) {
        open++;
        Dial.connect(bootstrap(connectTimeout), address, connected -> opened(connected, exchange));
    }

    /** Takes back a connection that can carry another exchange. */
    void release(UpstreamConnection connection) {
        idle.addLast(connection);
    }

    /** Told once of each connection that has ended. */
    void closed(UpstreamConnection connection) {
        idle.remove(connection);
        open--;
    }

    /** Fails those that have waited since before that time. */
    void expire(long since) {
        shares.expire(since);
    }

    private Bootstrap bootstrap(Optional<Duration> connectTimeout) {
        return connectTimeout
                .map(time -> (int) Math.min(time.toMillis(), Integer.MAX_VALUE))
                .map(millis -> bootstrap.clone().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis))
                .orElse(bootstrap);
    }

    boolean isUnused() {
        return open == 0 && shares.isUnused();
    }

    private void opened(ChannelFuture connected, Exchange exchange) {
        if (!connected.isSuccess()) {
            open--;
            balancer.connectFailed(endpoint);
            exchange.connectFailed(connected.cause());
            return;
        }
        balancer.connected(endpoint);
        var connection = connected.channel().pipeline().get(UpstreamConnection.class);
        connection.pool(this);
        if (!exchange.connected(connection)) {
            connection.end(true); // nobody waits any more: from now on it may be closed at any time
            shares.release(exchange);
        }
    }
}
