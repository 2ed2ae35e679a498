package dev.adit.exchange;

import dev.adit.balance.Balancer;
import dev.adit.balance.Load;
import dev.adit.http.BalanceKey;
import dev.adit.http.Decision;
import dev.adit.http.Refusal;
import dev.adit.observe.Attempt;
import dev.adit.overload.Claim;
import dev.adit.overload.Owner;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamProtocol;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The search of one exchange for an endpoint: chooses one, claims a share of it, waits for a connection, and tries the next
 * one where that fails.
 */
final class Attempts extends Claim implements Upstream.Waiter {
    // The sweep of all exchanges would be late for less.
    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final long SHORTEST = Duration.ofMillis(10).toNanos();

    private final EventLoopContext loop;
    private final Exchange exchange;
    private final Decision.Forward target;
    private final Repeats repeats;
    private final @Nullable String key;
    private @Nullable Endpoint endpoint;
    private @Nullable Load load;
    private Upstreams.@Nullable Pool pool;
    /** Whether a connection is being made or waited for, which is not free before it is there. */
    private boolean connecting;

    private @Nullable Future<?> deadline;
    private int count;
    private long askedAt;
    private List<Attempt> earlier;
    /** Whether the last endpoint is among those, and another one has not been chosen yet. */
    private boolean isLeft;

    /**
     * @param before the endpoints that the exchange has left for other ones
     */
    Attempts(EventLoopContext loop, Exchange exchange, Decision.Forward target, List<Attempt> before) {
        this.earlier = before;
        this.loop = loop;
        this.exchange = exchange;
        this.target = target;
        this.repeats = new Repeats(exchange, target.policy().retries());
        this.key = BalanceKey.of(
                target.policy().balancing(),
                exchange.client(),
                exchange.head(),
                exchange.request().headers()::getAll);
    }

    /** The endpoint that was tried last. */
    @Nullable
    Endpoint endpoint() {
        return isLeft ? null : endpoint;
    }

    /** The name by which a client can ask for that endpoint again; null where there is none. */
    @Nullable
    String endpointId() {
        return endpoint == null ? null : loop.balancer().id(endpoint);
    }

    /** Whether clients ask for endpoints by their cookies. */
    boolean isByCookie() {
        return target.policy().balancing() instanceof Balancing.Cookie;
    }

    /** Whether an endpoint with this name could have been chosen. */
    boolean knows(String id) {
        return loop.balancer().knows(id, target.endpoints());
    }

    int count() {
        return count;
    }

    UpstreamId upstreamId() {
        return target.upstream();
    }

    /** The time since the last one was chosen. */
    long nanos() {
        return count == 0 ? 0 : System.nanoTime() - askedAt;
    }

    /** The endpoints that were given up. */
    List<Attempt> earlier() {
        return earlier;
    }

    private void gaveUp(int status) {
        earlier = left(status);
        isLeft = true;
    }

    /** All of them, where the last one is left, too. */
    List<Attempt> left(int status) {
        if (endpoint == null || isLeft) {
            return earlier;
        }
        var all = new ArrayList<>(earlier);
        all.add(new Attempt(target.upstream(), endpoint, status, nanos()));
        return all;
    }

    /** Chooses an endpoint, another one than before where there is one, and asks for a connection to it. */
    void next() {
        count++;
        var chosen = loop.upstreams().pool(way(choose()));
        pool = chosen;
        if (chosen.claim(this)) {
            connect(chosen);
        }
    }

    private Endpoint choose() {
        var balancing = target.policy().balancing();
        var balancer = loop.balancer();
        var chosen =
                balancer.choose(new Balancer.Question(target.upstream(), balancing, target.endpoints(), key, endpoint));
        askedAt = System.nanoTime();
        var trace = exchange.trace();
        if (trace != null) {
            trace.attempt();
        }
        if (balancing.isLoadAware()) {
            endLoad();
            load = balancer.load(chosen);
            load.begin();
        }
        endpoint = chosen;
        isLeft = false;
        return chosen;
    }

    private Upstreams.Target way(Endpoint chosen) {
        var policy = target.policy();
        var protocol = policy.protocol().of(exchange.admitted().isSecure());
        var origin = exchange.admitted().route().origin();
        if (exchange.isPage() || !loop.detour().isFor(origin)) {
            return new Upstreams.Target(chosen, protocol, policy.tls(), exchange.isUpgrade());
        }
        var first = loop.detour().through(exchange.request().headers(), origin, chosen, protocol);
        return new Upstreams.Target(first, UpstreamProtocol.HTTP1, EndpointTls.UNVERIFIED, false);
    }

    private void connect(Upstreams.Pool chosen) {
        connecting = true;
        chosen.connect(this, this, target.policy().connectTimeout());
    }

    /** Whether a request may be sent again, of which it depends what has happened. */
    Repeats repeats() {
        return repeats;
    }

    /** Whether one more attempt is left for one that may; it is taken then. */
    boolean takeAnother(boolean isUnseen) {
        return repeats.areLeft(count, isUnseen) && mayRetry();
    }

    /** The endpoint has closed a connection before it saw the request, or is to be asked no more. */
    void again(boolean isFault, int status) {
        gaveUp(status);
        if (isFault) {
            answered(); // what it has not done in this time
        }
        giveBack();
        // A stale connection is not the endpoint's fault: hash and load may choose the endpoint again.
        if (!isFault && !(target.policy().balancing() instanceof Balancing.RoundRobin)) {
            endpoint = null;
        }
        var backoff = isFault ? target.policy().retries().backoff() : Duration.ZERO;
        if (backoff.isZero()) {
            next();
        } else {
            pool = null; // which has been given back
            endLoad();
            var _ = loop.after(backoff, () -> {
                if (isWaiting()) {
                    next();
                }
            });
        }
    }

    private boolean mayRetry() {
        return loop.retries().withdraw(System.nanoTime());
    }

    @Override
    protected void granted() {
        if (pool != null) {
            connect(pool);
        }
    }

    @Override
    protected void refused() {
        if (exchange.isSearchedBy(this)) { // else another upstream answers by now
            exchange.fail(Refusal.UPSTREAM_OVERLOADED);
        }
    }

    @Override
    public boolean isWaiting() {
        return exchange.isWaitingFor(this);
    }

    @Override
    public Upstream.Events events() {
        return exchange;
    }

    @Override
    public void connected(Upstream upstream) {
        connecting = false;
        exchange.connected(upstream);
        if (deadline == null && exchange.isAnsweredBy(this)) { // else it has come to another one at once
            target.policy()
                    .responseTimeout()
                    .filter(time -> time.compareTo(SHORT) <= 0)
                    .ifPresent(time -> watch(time.toNanos()));
        }
    }

    /** A short timeout is kept to the point: the sweep of the event loop would add its period to it. */
    private void watch(long nanos) {
        deadline = loop.after(Duration.ofNanos(nanos), () -> {
            var now = System.nanoTime();
            deadline = null;
            exchange.sweep(now);
            // The sweep may have begun another attempt, which is watched by itself once it is connected.
            if (deadline == null && exchange.isAnsweredBy(this)) {
                watch(Math.max(exchange.patience(now), SHORTEST));
            }
        });
    }

    @Override
    public void waitedInVain() {
        connecting = false;
        giveBack();
        if (isWaiting()) {
            exchange.fail(Refusal.UPSTREAM_OVERLOADED);
        }
    }

    @Override
    public void connectFailed(Throwable cause) {
        connecting = false;
        giveBack();
        if (!isWaiting()) {
            return;
        }
        var refusal = switch (cause) {
            case ConnectTimeoutException _ -> Refusal.UPSTREAM_CONNECT_TIMEOUT;
            case ConnectException _ -> Refusal.UPSTREAM_CONNECT_FAILED;
            default -> Refusal.UPSTREAM_FAILED;
        };
        if (count < target.endpoints().size() && takeAnother(false)) {
            gaveUp(refusal.status());
            next();
        } else {
            exchange.fail(refusal);
        }
    }

    @Override
    protected Owner owner() {
        return exchange.owner();
    }

    @Override
    protected boolean isComplete() {
        return exchange.body().isReceived();
    }

    @Override
    protected long stalledSince() {
        return exchange.stalledSince();
    }

    /** It has begun to answer. */
    void answered() {
        if (load != null) {
            load.answered(System.nanoTime() - askedAt);
        }
    }

    /** The endpoint has nothing to do for the exchange any more. */
    void endLoad() {
        if (load != null) {
            load.end();
            load = null;
        }
    }

    /** No connection is needed any more, after the one that there was has been given back. */
    void giveBack() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
        if (pool != null && !connecting) {
            pool.release(this);
        }
    }
}
