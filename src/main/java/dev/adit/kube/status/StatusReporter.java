package dev.adit.kube.status;

import dev.adit.collection.Layered;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Status;
import dev.adit.supervision.Tasks;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Brings what the controller decided into the API, as long as this replica leads. */
public final class StatusReporter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StatusReporter.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration NEXT = Duration.ofSeconds(1);
    private static final Duration REPEAT = Duration.ofMinutes(5);

    private final StatusWriter writer;
    private final Optional<GatewayServices> services;
    private final EventRecorder events;
    private final Leadership leadership;
    private final ExecutorService executor;
    private final AtomicReference<Report> pending = new AtomicReference<>();
    // Another replica, before this one led.
    private final AtomicBoolean mayHaveWritten = new AtomicBoolean();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final Runnable caughtUp;
    private boolean isNew;
    private boolean isBehind;
    private long notBefore = System.nanoTime();
    private volatile Report latest = new Report(Layered.empty(), List.of(), List.of(), KubeSnapshot.EMPTY);

    /**
     * What is to be written.
     *
     * @param addresses empty where nothing is known, which leaves every status as it is
     * @param now the objects as they are, ours or not
     */
    public record Report(
            Layered<ObjectRef, Status> statuses,
            List<LoadBalancerAddress> addresses,
            List<Problem> problems,
            Objects now) {}

    /**
     * Of one replica, which writes as long as it holds the Lease.
     *
     * @param writesStatus whether objects are to have statuses, and Gateways Services
     * @param front the Service in front of this controller
     * @param caughtUp told when more than goes at once has been written, once each time that this replica begins to lead
     */
    public StatusReporter(
            KubernetesClient client,
            ObjectKey lease,
            String identity,
            Clock clock,
            boolean writesStatus,
            Optional<ObjectKey> front,
            Runnable caughtUp) {
        this.caughtUp = caughtUp;
        services = writesStatus ? Optional.of(new GatewayServices(client, lease.namespace(), front)) : Optional.empty();
        writer = new StatusWriter(client, clock);
        events = new EventRecorder(client, clock);
        leadership = new Leadership(client, lease, identity, this::leads);
        executor = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "adit-status");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        leadership.start();
        executor.execute(Tasks.guarded("adit-status", this::repeat));
    }

    /** Takes the newest report; returns at once. */
    public void report(Report report) {
        latest = report;
        if (pending.getAndSet(report) == null) {
            try {
                executor.execute(this::write);
            } catch (RejectedExecutionException _) {
                LOG.debug("Closing: the last report is left to the next leader");
            }
        }
    }

    @Override
    public void close() {
        leadership.close();
        executor.shutdownNow();
    }

    private void leads() {
        mayHaveWritten.set(true);
        report(latest);
    }

    private void repeat() {
        try {
            report(latest);
        } finally {
            later(REPEAT, this::repeat);
        }
    }

    private void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(Tasks.guarded("adit-status", task));
    }

    private void write() {
        var report = pending.getAndSet(null);
        if (report == null || !leadership.isLeader()) {
            return;
        }
        if (System.nanoTime() - notBefore < 0) {
            again(NEXT);
            return;
        }
        try {
            if (mayHaveWritten.getAndSet(false)) {
                isNew = true;
                writer.forget();
                services.ifPresent(GatewayServices::forget);
            }
            var succeeds = services.map(writes -> writes.write(report.statuses(), report.now()))
                    .orElse(true);
            // Statuses first: there may be any number of Events.
            var outcome = writer.write(report.statuses(), report.addresses(), report.now());
            var more = events.record(report.problems(), report.now());
            if (outcome == StatusWriter.Outcome.MORE) {
                isBehind = isNew;
                notBefore = System.nanoTime() + NEXT.toNanos();
                again(NEXT);
            } else if (!succeeds || outcome == StatusWriter.Outcome.FAILED) {
                again(RETRY);
            } else {
                more.ifPresent(this::again);
                if (isBehind) {
                    caughtUp.run();
                }
                isNew = false;
                isBehind = false;
            }
        } catch (Throwable e) {
            LOG.warnf("Cannot write status or Events: %s; trying again", e);
            again(RETRY);
        }
    }

    /** Once, however often it is asked for meanwhile. */
    private void again(Duration delay) {
        if (isDue.compareAndSet(false, true)) {
            later(delay, () -> {
                isDue.set(false);
                report(latest);
            });
        }
    }
}
