package dev.adit.app;

import dev.adit.config.DrainPolicy;
import dev.adit.downstream.listener.OpenPorts;
import dev.adit.downstream.listener.ProxyVerticle;
import dev.adit.observe.ProxyView;
import dev.adit.routing.PortUse;
import dev.adit.routing.upstream.Endpoint;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The proxy on all event loops, from the first connection to the end of the last exchange. */
final class ProxyDeployment implements ProxyView, AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.adit");

    private static final long AGAIN_MILLIS = 5_000;

    private final Vertx vertx;
    private final Supplier<ProxyVerticle> factory;
    private final List<ProxyVerticle> verticles = new CopyOnWriteArrayList<>();
    private String id = "";
    private final OpenPorts ports = new OpenPorts(verticles, this::cannotListen);
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private volatile boolean hasOpened;

    ProxyDeployment(Vertx vertx, Supplier<ProxyVerticle> factory) {
        this.vertx = vertx;
        this.factory = factory;
    }

    /** Returns when all listeners are bound. */
    void start() throws StartException {
        var options = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        var deployed = vertx.deployVerticle(this::create, options);
        try {
            id = deployed.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(String.valueOf(cause.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while starting", e);
        }
    }

    /** Opens the ports of Gateways, and ends those that are wanted no longer; returns at once. */
    void open(Map<Integer, PortUse> wanted) {
        ports.follow(wanted).onComplete(_ -> hasOpened = true);
    }

    /** Whether all has been done once to open them. */
    boolean hasOpened() {
        return hasOpened;
    }

    /** A port that stays taken is logged once. */
    private void cannotListen(String message) {
        if (told.add(message)) {
            LOG.warnf("A listener of a Gateway is not served: %s; trying again", message);
        }
        if (isDue.compareAndSet(false, true)) {
            vertx.setTimer(AGAIN_MILLIS, _ -> {
                isDue.set(false);
                ports.again();
            });
        }
    }

    @Override
    public int openConnections() {
        return verticles.stream().mapToInt(ProxyVerticle::connections).sum();
    }

    @Override
    public long acceptedConnections() {
        return verticles.stream().mapToLong(ProxyVerticle::acceptedConnections).sum();
    }

    @Override
    public int activeRequests() {
        return verticles.stream().mapToInt(ProxyVerticle::activeRequests).sum();
    }

    @Override
    public Set<Endpoint> ejected() {
        return verticles.stream()
                .flatMap(verticle -> verticle.ejected().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, Long> handshakes() {
        var sums = new TreeMap<String, Long>();
        verticles.forEach(verticle -> verticle.addHandshakesTo(sums));
        return sums;
    }

    @Override
    public long worstLag() {
        return verticles.stream().mapToLong(ProxyVerticle::worstLag).max().orElse(0);
    }

    private ProxyVerticle create() {
        var verticle = factory.get();
        verticles.add(verticle);
        return verticle;
    }

    void drain(DrainPolicy policy) {
        LOG.infof(
                "Draining: new requests are served for %d s, open ones have %d s more",
                policy.delay().toSeconds(), policy.limit().toSeconds());
        verticles.forEach(ProxyVerticle::announceEnd);
        var delay = vertx.timer(Math.max(1, policy.delay().toMillis()), TimeUnit.MILLISECONDS);
        var drained = delay.compose(
                _ -> Future.join(verticles.stream().map(ProxyVerticle::drain).toList()));
        var limit = policy.delay().plus(policy.limit());
        try {
            drained.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException _) {
            LOG.warnf(
                    "Some connections did not end within %d s, and are cut",
                    policy.limit().toSeconds());
        } catch (ExecutionException e) {
            LOG.warnf("Not every connection could be ended: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        vertx.undeploy(id).toCompletionStage().toCompletableFuture().join();
    }
}
