package dev.adit.kube.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;

/** One kind, followed by an informer; it can begin anew, and what is stored stays until the new one has read it. */
final class FollowedKind<T extends HasMetadata> implements HistoryCheck.Followed {
    // A page is text and objects at once before it has become records. Not the streamed list (sendInitialEvents): this
    // client would ask for it again with each reconnect, and keep what was deleted meanwhile.
    static final long PAGE = 500;

    private final String name;
    private final Informable<T> kind;
    private final RecordStore<T, ?> store;
    private final ExceptionHandler failures;
    private SharedIndexInformer<T> informer;
    private volatile boolean hasSynced;
    private Runnable synced = () -> {};

    FollowedKind(String name, Informable<T> kind, RecordStore<T, ?> store, ExceptionHandler failures) {
        this.name = name;
        this.kind = kind;
        this.store = store;
        this.failures = failures;
        this.informer = create();
    }

    private SharedIndexInformer<T> create() {
        var created = kind.withLimit(PAGE).runnableInformer(0);
        created.itemStore(store);
        created.removeNamespaceIndex();
        // Once it was read, nothing that goes wrong can mean that it never will be.
        created.exceptionHandler((isStarted, failure) -> failures.retryAfterException(isStarted || hasSynced, failure));
        return created;
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
        informer.stop();
        informer = create();
        begin();
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
