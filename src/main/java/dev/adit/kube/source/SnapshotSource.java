package dev.adit.kube.source;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where objects come from: the Kubernetes API or a directory. */
public interface SnapshotSource extends Objects, AutoCloseable {

    /** What has changed since somebody asked before. */
    sealed interface Changes {
        /** Maybe anything. */
        record Everything() implements Changes {}

        /** The endpoints of these Services, and nothing else. */
        record Endpoints(Set<ObjectKey> services) implements Changes {}

        /**
         * These objects, and nothing else; some of them may be gone.
         *
         * @param endpoints the Services whose endpoints have changed
         */
        record Named(Set<ObjectRef> objects, Set<ObjectKey> endpoints) implements Changes {
            /** Those of one kind. */
            public Stream<ObjectKey> of(Kind<?> kind) {
                return objects.stream().filter(ref -> ref.kind() == kind).map(ObjectRef::key);
            }
        }

        /** Both. */
        default Changes and(Changes other) {
            if (this instanceof Everything || other instanceof Everything) {
                return new Everything();
            }
            if (this instanceof Endpoints(var services) && other instanceof Endpoints(var others)) {
                return new Endpoints(union(services, others));
            }
            var one = named();
            var two = other.named();
            return new Named(union(one.objects(), two.objects()), union(one.endpoints(), two.endpoints()));
        }

        /** The same by name; of everything there are no names. */
        default Named named() {
            return switch (this) {
                case Named named -> named;
                case Endpoints(var services) -> new Named(Set.of(), services);
                case Everything _ -> throw new IllegalStateException("everything has no names");
            };
        }

        private static <T> Set<T> union(Set<T> one, Set<T> two) {
            if (one.isEmpty()) {
                return two;
            }
            var all = new HashSet<>(one);
            all.addAll(two);
            return all;
        }
    }

    /**
     * Begins to follow the source and returns at once.
     *
     * @param changed called after every change, from any thread; it must not block
     */
    void start(Runnable changed);

    /** Whether every kind of object has been read whole at least once. */
    boolean isSynced();

    /**
     * Whether something that was looked at is being read for the first time: what is made of the rest would lack it. It does
     * not last for long, whatever becomes of it.
     */
    default boolean isAwaiting() {
        return false;
    }

    /** Whether what is known was read by an earlier process, and may be old. */
    default boolean isStale() {
        return false;
    }

    /** Whether changes are still followed, once it has begun. */
    default boolean isAlive() {
        return true;
    }

    /** What is known now; any thread may ask. */
    KubeSnapshot snapshot();

    /** Takes note of what has changed; of one thread alone. */
    default Changes takeChanges() {
        return new Changes.Everything();
    }

    /** One object as it is now. */
    @Override
    default <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return snapshot().find(kind, key);
    }

    @Override
    default <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return snapshot().all(kind);
    }

    /** The slices of one Service as they are now. */
    @Override
    default List<EndpointSlice> slicesOf(ObjectKey service) {
        return snapshot().slicesOf(service);
    }

    @Override
    void close();
}
