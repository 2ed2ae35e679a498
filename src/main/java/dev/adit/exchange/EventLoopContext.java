package dev.adit.exchange;

import dev.adit.balance.Balancer;
import dev.adit.filter.FilterChain;
import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.codec.BodyWriter;
import dev.adit.http.codec.Codecs;
import dev.adit.http.codec.HeadBuffer;
import dev.adit.http.codec.ResponseWriter;
import dev.adit.inquiry.Inquirer;
import dev.adit.inquiry.KnownReplies;
import dev.adit.match.Generation;
import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.RequestTrace;
import dev.adit.overload.ConcurrentUses;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.RateCounters;
import dev.adit.overload.SharedCapacity;
import dev.adit.password.DigestNonces;
import dev.adit.password.VerifiedPasswords;
import dev.adit.routing.Route;
import dev.adit.routing.policy.Tracing;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the exchanges of one event loop share: the live generation, the connections to endpoints, and scratch space. */
public final class EventLoopContext {
    private static final long MAX_SWEEP_MILLIS = 1_000;
    private static final int SWEPT_AT_ONCE = 64;
    private static final Tracing TRACED = new Tracing(true, true);
    private static final int MOST_COMPUTATIONS = 128;

    private final Vertx vertx;
    private final Supplier<Generation> live;
    private final UpstreamTimeouts timeouts;
    private final ClientPolicy policy;
    private final ExchangeObserver observer;
    private final boolean isTracing;
    private final AsciiString @Nullable [] observed;
    private final EndedExchange ended;
    private final Detour detour;
    private final Balancer balancer;
    private final HttpDecoderConfig decoding;
    private final Bootstrap bootstrap;
    private final SharedCapacity capacity;
    private final Remembered remembered;
    private final Inquirer inquirer;
    private final Codecs codecs = new Codecs();
    private final Upstreams upstreams;
    private final IdentityHashMap<Route, FilterChain> filters = new IdentityHashMap<>();
    private long filteredGeneration;
    private final EventLoop eventLoop;
    private final WorkerExecutor computer;
    private final VerifiedPasswords verifiedPasswords = new VerifiedPasswords();
    private final Compressors compressors = new Compressors();
    private int computing;
    private final Set<ClientConnection> clients = new HashSet<>();
    private boolean draining;
    private boolean ending;
    private final RetryBudget retries = new RetryBudget(System.nanoTime());

    /** Makes the connections to endpoints of one event loop. */
    @FunctionalInterface
    public interface UpstreamsFactory {
        Upstreams create(Bootstrap bootstrap, Balancer balancer, HttpDecoderConfig decoding, Codecs codecs);
    }

    /** To be made on the event loop that it serves. */
    public EventLoopContext(
            Vertx vertx,
            Supplier<Generation> live,
            UpstreamTimeouts timeouts,
            ClientPolicy policy,
            Detour detour,
            Balancer balancer,
            ExchangeObserver observer,
            SharedCapacity capacity,
            Remembered remembered,
            UpstreamsFactory upstreams) {
        this.vertx = vertx;
        this.live = live;
        this.timeouts = timeouts;
        this.policy = policy;
        this.detour = detour;
        this.balancer = balancer;
        this.observer = observer;
        this.isTracing = observer.traces();
        this.ended = new EndedExchange(observer);
        this.observed = observer.heads()
                .map(names -> names.stream().map(AsciiString::cached).toArray(AsciiString[]::new))
                .orElse(null);
        this.capacity = capacity;
        this.remembered = remembered;
        this.inquirer = new Inquirer(vertx);
        this.decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(policy.limits().targetBytes())
                .setMaxHeaderSize(policy.limits().fieldBytes())
                .setHeadersFactory(new Unvalidated());
        var loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
        this.eventLoop = loop;
        this.computer = vertx.createSharedWorkerExecutor("adit-passwords", 1);
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(((VertxInternal) vertx).transport().channelFactory(false))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new PacedReads(capacity.memory(), new ReadTurn(loop)))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        timeouts.connect().toMillis());
        this.upstreams = upstreams.create(bootstrap, balancer, decoding, codecs);
        var shortest =
                Math.min(timeouts.response().toMillis(), policy.limits().head().toMillis());
        var sweep = Math.clamp(shortest / 4, 10, MAX_SWEEP_MILLIS);
        vertx.setPeriodic(sweep, _ -> sweep());
    }

    public Generation generation() {
        return live.get();
    }

    /**
     * Has something computed off the event loops, by one thread for all of them.
     *
     * @param result told on this event loop
     * @return false where too much waits already
     */
    boolean compute(BooleanSupplier work, Consumer<Boolean> result) {
        if (computing >= MOST_COMPUTATIONS) {
            return false;
        }
        computing++;
        // Told to this event loop by name: what is called from a pipeline of our own has no context by which Vert.x
        // would know it.
        computer.executeBlocking(work::getAsBoolean, false)
                .onComplete(done -> eventLoop.execute(() -> {
                    computing--;
                    result.accept(done.succeeded() && done.result());
                }));
        return true;
    }

    /** Has something done on this event loop a little later than that. */
    Future<?> after(Duration time, Runnable task) {
        return eventLoop.schedule(task, time.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    VerifiedPasswords verifiedPasswords() {
        return verifiedPasswords;
    }

    Compressors compressors() {
        return compressors;
    }

    RateCounters rates() {
        return remembered.rates();
    }

    ConcurrentUses uses() {
        return remembered.uses();
    }

    KnownReplies knownReplies() {
        return remembered.replies();
    }

    DigestNonces digestNonces() {
        return remembered.nonces();
    }

    Inquirer inquirer() {
        return inquirer;
    }

    Detour detour() {
        return detour;
    }

    public ClientPolicy policy() {
        return policy;
    }

    public HttpDecoderConfig decoding() {
        return decoding;
    }

    public Limits limits() {
        return policy.limits();
    }

    UpstreamTimeouts timeouts() {
        return timeouts;
    }

    /** Reports a request that no exchange was made for. */
    public void refused(RefusedRequest request) {
        observer.finished(request);
    }

    /** Reports a connection that passed unread. */
    public void ended(FinishedTunnel tunnel) {
        observer.ended(tunnel);
    }

    /** The fields of heads that are kept for the observer; null where nothing is. */
    AsciiString @Nullable [] observed() {
        return observed;
    }

    /** The trace of a request that a route has taken; null where it is not traced. */
    @Nullable
    RequestTrace trace(HttpRequest request, Route route) {
        if (!isTracing) {
            return null;
        }
        var policy = route.policy(Tracing.class).orElse(TRACED);
        if (!policy.isOn()) {
            return null;
        }
        return observer.begin(policy.trustsClients() ? request.headers()::get : _ -> null);
    }

    /** The exchanges that have not ended; from any thread. */
    public int activeExchanges() {
        return ended.active();
    }

    /** Where an exchange reports its end. */
    EndedExchange ended() {
        return ended;
    }

    /** From now on every response of HTTP/1 is the last one of its connection: its client goes elsewhere by itself. */
    public void startDraining() {
        draining = true;
    }

    /** From now on every connection ends after what it is doing. */
    public void drain() {
        draining = true;
        ending = true;
        List.copyOf(clients).forEach(ClientConnection::drain);
    }

    public boolean isDraining() {
        return draining;
    }

    /** Whether unused connections end too. */
    public boolean isEnding() {
        return ending;
    }

    RetryBudget retries() {
        return retries;
    }

    public Balancer balancer() {
        return balancer;
    }

    /** For what this loop has to hold because of its clients. */
    public MemoryBudget memory() {
        return capacity.memory();
    }

    Upstreams upstreams() {
        return upstreams;
    }

    /** The filters of a route, which are made once for each generation. */
    FilterChain filters(Route route) {
        if (!route.hasPolicies()) {
            return FilterChain.NONE;
        }
        var number = generation().number();
        if (number != filteredGeneration) {
            filteredGeneration = number;
            filters.clear();
        }
        return filters.computeIfAbsent(route, FilterChain::of);
    }

    public HeadBuffer scratch() {
        return codecs.scratch();
    }

    public ResponseWriter responses() {
        return codecs.responses();
    }

    public BodyWriter bodies() {
        return codecs.bodies();
    }

    /** The connections of clients that are open on this loop. */
    public Set<ClientConnection> clients() {
        return clients;
    }

    /** For a connection to an endpoint that does not speak HTTP/1, on this loop. */
    public Bootstrap bootstrap(ChannelHandler handler) {
        return bootstrap.clone().handler(handler);
    }

    private void sweep() {
        var now = System.nanoTime();
        upstreams.sweep(now);
        sweepClients(List.copyOf(clients).iterator(), now);
        memory().measure();
    }

    /** A few at a time: thousands whose time is over at once are not to keep the others waiting. */
    private void sweepClients(Iterator<ClientConnection> rest, long now) {
        for (var swept = 0; swept < SWEPT_AT_ONCE && rest.hasNext(); swept++) {
            var client = rest.next();
            if (clients.contains(client)) {
                client.sweep(now);
            }
        }
        if (rest.hasNext()) {
            vertx.setTimer(1, _ -> sweepClients(rest, now));
        }
    }

    /** What is written is checked by {@link HeadBuffer}; once is enough. */
    private static final class Unvalidated implements HttpHeadersFactory {
        @Override
        public HttpHeaders newHeaders() {
            return HeadersMultiMap.headers();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return HeadersMultiMap.headers();
        }
    }
}
