package dev.adit.kube.status;

import dev.adit.kube.ObjectKey;
import dev.adit.supervision.Tasks;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Holds the Lease, so that of several replicas one writes; requests never depend on it. */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final ObjectKey lease;
    private final String identity;
    private final Runnable acquired;
    private volatile boolean leader;
    private volatile boolean closed;
    private volatile CompletableFuture<?> election = CompletableFuture.completedFuture(null);

    /**
     * @param acquired called whenever this replica becomes the leader; it must not block
     */
    Leadership(KubernetesClient client, ObjectKey lease, String identity, Runnable acquired) {
        this.client = client;
        this.lease = lease;
        this.identity = identity;
        this.acquired = acquired;
    }

    void start() {
        if (closed) {
            return;
        }
        var config = new LeaderElectionConfigBuilder()
                .withName(lease.name())
                .withLock(new LeaseLock(lease.namespace(), lease.name(), identity))
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY)
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(this::begin, this::end, _ -> {}))
                .build();
        var term = client.leaderElector().withConfig(config).build().start();
        election = term; // and not what follows it: to cancel that would not give the Lease back
        if (closed) {
            term.cancel(true); // while it began
        }
        // An elector ends with its term: the next one stands again.
        var _ = term.whenComplete((_, _) -> again());
    }

    private void again() {
        Tasks.guarded(
                        "The election",
                        this::start,
                        () -> CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS)
                                .execute(this::again))
                .run();
    }

    boolean isLeader() {
        return leader;
    }

    @Override
    public void close() {
        closed = true;
        election.cancel(true);
    }

    private void begin() {
        LOG.infof("Leading: %s holds Lease %s", identity, lease);
        leader = true;
        acquired.run();
    }

    private void end() {
        leader = false;
    }
}
