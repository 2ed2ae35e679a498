package dev.adit.state;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.source.SnapshotSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What was served before the start, until the source itself has been read whole; then the source, and nothing else. */
public final class ResumedSource implements SnapshotSource {
    private final SnapshotSource source;
    private KubeSnapshot remembered;
    private boolean isTold;
    private volatile boolean isLive;

    /** The two of them. */
    public ResumedSource(SnapshotSource source, KubeSnapshot remembered) {
        this.source = source;
        this.remembered = remembered;
    }

    @Override
    public void start(Runnable changed) {
        source.start(changed);
        changed.run();
    }

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public boolean isAwaiting() {
        return isLive && source.isAwaiting();
    }

    @Override
    public boolean isAlive() {
        return source.isAlive();
    }

    @Override
    public boolean isStale() {
        return !isLive;
    }

    @Override
    public synchronized Changes takeChanges() {
        if (isLive) {
            return source.takeChanges();
        }
        if (source.isSynced()) {
            var _ = source.takeChanges(); // all of it is new
            isLive = true;
            remembered = KubeSnapshot.EMPTY;
            return new Changes.Everything();
        }
        if (isTold) {
            return new Changes.Endpoints(Set.of());
        }
        isTold = true;
        return new Changes.Everything();
    }

    @Override
    public synchronized KubeSnapshot snapshot() {
        return isLive ? source.snapshot() : remembered;
    }

    @Override
    public synchronized <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return isLive ? source.find(kind, key) : remembered.find(kind, key);
    }

    @Override
    public synchronized <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return isLive ? source.all(kind) : remembered.all(kind);
    }

    @Override
    public synchronized List<EndpointSlice> slicesOf(ObjectKey service) {
        return isLive ? source.slicesOf(service) : remembered.slicesOf(service);
    }

    @Override
    public void close() {
        source.close();
    }
}
