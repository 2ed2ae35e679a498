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

/** One kind, followed by an informer; it can begin anew, and what is stored stays until the new one has read it. */
final class FollowedKind<T extends HasMetadata> implements HistoryCheck.Followed {
    // A page is text and objects at once before it has become records. Not the streamed list (sendInitialEvents): this
    // client would ask for it again with each reconnect, and keep what was deleted meanwhile.
    static final long PAGE = 500;
    private static final long SMALLEST_PAGE = 10;
    private static final Duration LATER = Duration.ofSeconds(30);

    private final String name;
    private final Informable<T> kind;
    private final RecordStore<T, ?> store;
    private final ExceptionHandler failures;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean isDue = new AtomicBoolean();
    private SharedIndexInformer<T> informer;
    private long page = PAGE;
    private volatile boolean hasSynced;
    private Runnable synced = () -> {};

    FollowedKind(
            String name,
            Informable<T> kind,
            RecordStore<T, ?> store,
            ExceptionHandler failures,
            ScheduledExecutorService timer) {
        this.name = name;
        this.kind = kind;
        this.store = store;
        this.failures = failures;
        this.timer = timer;
        this.informer = create();
    }

    private SharedIndexInformer<T> create() {
        var created = kind.withLimit(page).runnableInformer(0);
        created.itemStore(store);
        created.removeNamespaceIndex();
        // Once it was read, nothing that goes wrong can mean that it never will be.
        created.exceptionHandler(this::retries);
        return created;
    }

    private boolean retries(boolean isStarted, Throwable failure) {
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
    public synchronized void again() {
        isDue.set(false);
        informer.stop();
        if (!hasSynced) {
            // Objects may be large: a page of them that memory has no room for would never come to its end.
            page = Math.max(SMALLEST_PAGE, page / 4);
        }
        informer = create();
        begin();
    }

    /** The same in a while, once. */
    void againLater() {
        if (isDue.compareAndSet(false, true) && !timer.isShutdown()) {
            var task = Tasks.guarded("Reading " + name + " once more", this::again);
            var _ = timer.schedule(task, LATER.toMillis(), TimeUnit.MILLISECONDS);
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
        informer.stop();
    }
}
