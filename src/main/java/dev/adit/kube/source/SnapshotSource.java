package dev.adit.kube.source;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where objects come from: the Kubernetes API or a directory. */
public interface SnapshotSource extends AutoCloseable {

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
        record Objects(
                Set<ObjectKey> ingresses, Set<ObjectKey> services, Set<ObjectKey> secrets, Set<ObjectKey> endpoints)
                implements Changes {}

        /** Both. */
        default Changes and(Changes other) {
            if (this instanceof Everything || other instanceof Everything) {
                return new Everything();
            }
            if (this instanceof Endpoints(var services) && other instanceof Endpoints(var others)) {
                return new Endpoints(union(services, others));
            }
            var one = objects();
            var two = other.objects();
            return new Objects(
                    union(one.ingresses(), two.ingresses()),
                    union(one.services(), two.services()),
                    union(one.secrets(), two.secrets()),
                    union(one.endpoints(), two.endpoints()));
        }

        /** The same by name; of everything there are no names. */
        default Objects objects() {
            return switch (this) {
                case Objects objects -> objects;
                case Endpoints(var services) -> new Objects(Set.of(), Set.of(), Set.of(), services);
                case Everything _ -> throw new IllegalStateException("everything has no names");
            };
        }

        private static Set<ObjectKey> union(Set<ObjectKey> one, Set<ObjectKey> two) {
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

    /** One Ingress as it is now. */
    default Optional<Ingress> ingress(ObjectKey key) {
        return Optional.ofNullable(snapshot().ingresses().get(key));
    }

    /** One Service as it is now. */
    default Optional<Service> service(ObjectKey key) {
        return snapshot().service(key);
    }

    /** One Secret as it is now. */
    default Optional<Secret> secret(ObjectKey key) {
        return snapshot().secret(key);
    }

    /** The slices of one Service as they are now. */
    default List<EndpointSlice> slicesOf(ObjectKey service) {
        return snapshot().slicesOf(service);
    }

    @Override
    void close();
}
