package dev.adit.kube;

/** Where objects come from: the Kubernetes API or a directory. */
public interface SnapshotSource extends AutoCloseable {

    /**
     * Begins to follow the source and returns at once.
     *
     * @param changed called after every change, from any thread; it must not block
     */
    void start(Runnable changed);

    /** Whether every kind of object has been read whole at least once. */
    boolean isSynced();

    /** What is known now; any thread may ask. */
    KubeSnapshot snapshot();

    @Override
    void close();
}
