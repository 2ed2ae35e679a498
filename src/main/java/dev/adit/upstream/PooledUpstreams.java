package dev.adit.upstream;

import dev.adit.balance.Balancer;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.exchange.Upstreams;
import dev.adit.http.Limits;
import dev.adit.http.codec.Codecs;
import dev.adit.overload.SharedCapacity;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamProtocol;
import io.netty.bootstrap.Bootstrap;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pool for each endpoint and each way of speaking to it. */
public final class PooledUpstreams implements Upstreams {
    private final Connector connector;
    private final SharedCapacity capacity;
    private final UpstreamTimeouts timeouts;
    // Nearly all of them, and asked for every request: the endpoint alone is a cheaper key.
    private final Map<Endpoint, UpstreamPool> plain = new HashMap<>();
    private final Map<Target, UpstreamPool> others = new HashMap<>();

    /**
     * The pools of one event loop.
     *
     * @param bootstrap of that loop
     * @param limits of a response's head, which are those of a request's
     * @param capacity of that loop
     */
    public PooledUpstreams(
            Bootstrap bootstrap,
            Balancer balancer,
            HttpDecoderConfig decoding,
            Codecs codecs,
            Limits limits,
            SharedCapacity capacity,
            UpstreamTimeouts timeouts) {
        this.connector = new Connector(
                bootstrap.clone().handler(new Connector.Undecided()),
                balancer,
                decoding,
                codecs,
                limits,
                capacity.memory()::allowance);
        this.capacity = capacity;
        this.timeouts = timeouts;
    }

    @Override
    public Pool pool(Target target) {
        return target.protocol() == UpstreamProtocol.HTTP1 && !target.isUpgrade()
                ? plain.computeIfAbsent(target.endpoint(), _ -> create(target))
                : others.computeIfAbsent(target, _ -> create(target));
    }

    private UpstreamPool create(Target target) {
        return new UpstreamPool(connector, target, capacity.endpoint());
    }

    @Override
    public void sweep(long now) {
        sweep(plain, now);
        sweep(others, now);
    }

    private void sweep(Map<?, UpstreamPool> pools, long now) {
        var keepAlive = timeouts.keepAlive().toNanos();
        var patience = timeouts.connect().toNanos();
        // A copy: who is answered then may ask for another endpoint.
        List.copyOf(pools.values()).forEach(pool -> pool.sweep(now, keepAlive, patience));
        pools.values().removeIf(UpstreamPool::isUnused);
    }
}
