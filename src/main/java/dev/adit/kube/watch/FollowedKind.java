package dev.adit.kube.watch;

import dev.adit.supervision.Tasks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** One kind, followed by an informer; it can begin anew, and what is stored stays until the new one has read it. */
final class FollowedKind<T extends HasMetadata> implements HistoryCheck.Followed {
    private static final Logger LOG = Logger.getLogger(FollowedKind.class);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final String name;
    private final Informable<T> kind;
    private final RecordStore<T, ?> store;
    private final ExceptionHandler failures;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private SharedIndexInformer<T> informer;
    private final PageSize page;
    private volatile boolean hasSynced;
    private boolean isStopped;
    private Runnable synced = () -> {};

    FollowedKind(
            String name,
            Informable<T> kind,
            RecordStore<T, ?> store,
            PageSize page,
            ExceptionHandler failures,
            ScheduledExecutorService timer) {
        this.name = name;
        this.kind = kind;
        this.store = store;
        this.failures = failures;
        this.page = page;
        this.timer = timer;
        this.informer = create();
    }

    private SharedIndexInformer<T> create() {
        var created = kind.withLimit(page.size()).runnableInformer(0);
        created.itemStore(store);
        created.removeNamespaceIndex();
        // Once it was read, nothing that goes wrong can mean that it never will be.
        created.exceptionHandler(this::retries);
        return created;
    }

    private boolean retries(boolean isStarted, Throwable failure) {
        if (PageBound.ExceededException.isCauseOf(failure)) {
            page.shrink();
            LOG.infof("Objects of kind %s are large: they are read by %d at once", name, page.size());
            later(SOON, this::restart);
            return false;
        }
        if (isMemory(failure)) {
            againLater(); // the next time with less at once
            return false;
        }
        return failures.retryAfterException(isStarted || hasSynced, failure);
    }

    private static boolean isMemory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /**
     * Begins.
     *
     * @param synced told whenever everything has been read
     */
    synchronized void start(Runnable synced) {
        this.synced = synced;
        begin();
    }

    private void begin() {
        var started = informer;
        started.start().whenComplete((_, failure) -> {
            hasSynced |= failure == null && started.hasSynced();
            synced.run();
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void again() {
        if (!hasSynced) {
            page.shrink(); // it may be what kept the list from coming to its end
        }
        restart();
    }

    private synchronized void restart() {
        isDue.set(false);
        if (isStopped) {
            return;
        }
        informer.stop();
        informer = create();
        begin();
    }

    /** The same in a while, once. */
    void againLater() {
        later(LATER, this::again);
    }

    private void later(Duration pause, Runnable task) {
        if (!timer.isShutdown() && isDue.compareAndSet(false, true)) {
            var guarded = Tasks.guarded("Reading " + name + " once more", task);
            var _ = timer.schedule(guarded, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether everything has been read at least once. */
    boolean hasSynced() {
        return hasSynced;
    }

    @Override
    public synchronized Optional<String> revision() {
        return Optional.ofNullable(informer.lastSyncResourceVersion());
    }

    synchronized void stop() {
        isStopped = true;
        informer.stop();
    }
}
