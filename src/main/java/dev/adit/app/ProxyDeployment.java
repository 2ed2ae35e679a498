package dev.adit.app;

import dev.adit.config.DrainPolicy;
import dev.adit.downstream.listener.ProxyVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The proxy on all event loops, from the first connection to the end of the last exchange. */
final class ProxyDeployment implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.adit");

    private static final long AGAIN_MILLIS = 5_000;

    private final Vertx vertx;
    private final Supplier<ProxyVerticle> factory;
    private final List<ProxyVerticle> verticles = new CopyOnWriteArrayList<>();
    private String id = "";
    private volatile Map<Integer, Boolean> ports = Map.of();
    private volatile boolean hasOpened;
    // So that one port that stays taken is told of once.
    private final AtomicReference<String> failure = new AtomicReference<>("");

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

    /**
     * Opens the ports of Gateways, and ends those that are wanted no longer; returns at once. One that cannot be opened is tried again.
     *
     * @param wanted and whether TLS ends there
     */
    void open(Map<Integer, Boolean> wanted) {
        if (!hasOpened || !wanted.equals(ports)) {
            ports = wanted;
            open();
        }
    }

    /** Whether all has been done once to open them. */
    boolean hasOpened() {
        return hasOpened;
    }

    private void open() {
        var wanted = ports;
        Future.join(verticles.stream().map(verticle -> verticle.open(wanted)).toList())
                .onComplete(done -> {
                    hasOpened = true;
                    var message =
                            done.succeeded() ? "" : String.valueOf(done.cause().getMessage());
                    if (!failure.getAndSet(message).equals(message) && done.failed()) {
                        LOG.warnf("A listener of a Gateway cannot be served: %s; trying again", message);
                    }
                    if (done.failed()) {
                        vertx.setTimer(AGAIN_MILLIS, _ -> open());
                    }
                });
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
