package dev.adit.kube.source;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import java.util.List;
import java.util.Set;

/** Where objects come from: the Kubernetes API or a directory. */
public interface SnapshotSource extends AutoCloseable {

    /** What has changed since somebody asked before. */
    sealed interface Changes {
        /** Maybe anything. */
        record Everything() implements Changes {}

        /** The endpoints of these Services, and nothing else. */
        record Endpoints(Set<ObjectKey> services) implements Changes {}
    }

    /**
     * Begins to follow the source and returns at once.
     *
     * @param changed called after every change, from any thread; it must not block
     */
    void start(Runnable changed);

    /** Whether every kind of object has been read whole at least once. */
    boolean isSynced();

    /** Whether what is known was read by an earlier process, and may be old. */
    default boolean isStale() {
        return false;
    }

    /** What is known now; any thread may ask. */
    KubeSnapshot snapshot();

    /** Takes note of what has changed; of one thread alone. */
    default Changes takeChanges() {
        return new Changes.Everything();
    }

    /** The slices of one Service as they are now. */
    default List<EndpointSlice> slicesOf(ObjectKey service) {
        return snapshot().slicesOf(service);
    }

    @Override
    void close();
}
