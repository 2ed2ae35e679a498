package dev.adit.kube.watch;

import dev.adit.kube.KubeObject;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The informer's store, which keeps our small record in place of each object: the object itself is garbage as soon as
 * it has been converted. What the informer asks back is an empty object with the metadata it looks at.
 */
final class RecordStore<T extends HasMetadata, R> implements ItemStore<T> {
    private final Map<ObjectKey, Entry<R>> entries = new ConcurrentHashMap<>();
    private final Function<T, Optional<R>> convert;
    private final Supplier<T> empty;
    private final Change<R> changed;
    private final Failure failed;
    private final @Nullable RelistGuard guard;
    private final Map<String, Problem> problems = new ConcurrentHashMap<>();

    /** Told after an object has come, changed or gone. */
    @FunctionalInterface
    interface Change<R> {
        void from(@Nullable R previous, @Nullable R current);
    }

    /** Told after an object could not be converted, and after one can be that could not. */
    @FunctionalInterface
    interface Failure {
        void of(String key, Optional<Throwable> cause);
    }

    /**
     * A record, and the version that the client asks back.
     *
     * @param number the version, which is a number as long as the API server's store is etcd: a text would be as large as
     *     many a record
     * @param text the version where it is no such number; else null
     */
    private record Entry<R>(
            @Nullable R value, long number, @Nullable String text) {
        static <R> Entry<R> of(@Nullable R value, String version) {
            try {
                var number = Long.parseLong(version);
                if (Long.toString(number).equals(version)) {
                    return new Entry<>(value, number, null);
                }
            } catch (NumberFormatException _) {
                // Kept as it is: a version is opaque by the rules of the API.
            }
            return new Entry<>(value, 0, version);
        }

        String resourceVersion() {
            return text == null ? Long.toString(number) : text;
        }
    }

    /**
     * A store.
     *
     * @param guard asked before what a list leaves out is removed; null where it is one object alone
     */
    RecordStore(
            Function<T, Optional<R>> convert,
            Supplier<T> empty,
            Change<R> changed,
            Failure failed,
            @Nullable RelistGuard guard) {
        this.guard = guard;
        if (guard != null) {
            guard.guard(entries::size, this::forget);
        }
        this.convert = convert;
        this.empty = empty;
        this.changed = changed;
        this.failed = failed;
    }

    /** Those that could not be converted. */
    Stream<Problem> problems() {
        return problems.values().stream();
    }

    /** What the objects were converted to. */
    Stream<R> records() {
        return entries.values().stream().flatMap(e -> Stream.ofNullable(e.value()));
    }

    /** What one object was converted to. */
    Optional<R> one(ObjectKey key) {
        var entry = entries.get(key);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.value());
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable T put(String key, T object) {
        var value = value(key, object);
        var entry = Entry.of(value, orEmpty(object.getMetadata().getResourceVersion()));
        var own = own(key, value);
        var previous = entries.put(own, entry);
        if (guard != null) {
            guard.isBack(key);
        }
        // A heartbeat in a part that is not kept is no change.
        if (previous == null ? value != null : !Objects.equals(previous.value(), value)) {
            changed.from(previous == null ? null : previous.value(), value);
        }
        return skeleton(own, previous);
    }

    /** That of the record, which it has in any case, so that there is one of them. */
    private static ObjectKey own(String key, @Nullable Object value) {
        var parsed = parsed(key);
        return value instanceof KubeObject object && object.key().equals(parsed) ? object.key() : parsed;
    }

    /** Of a key that the client gives an object, which begins with its namespace if it has one. */
    private static ObjectKey parsed(String key) {
        var slash = key.indexOf('/');
        return new ObjectKey(slash < 0 ? "" : key.substring(0, slash), key.substring(slash + 1));
    }

    /**
     * What it converts to. Of one that cannot be converted the last version stays: to throw would make the client forget
     * the event, or begin the list of all objects over and over.
     */
    private @Nullable R value(String key, T object) {
        try {
            var value = convert.apply(object).orElse(null);
            if (problems.remove(key) != null) {
                failed.of(key, Optional.empty());
            }
            return value;
        } catch (Throwable e) {
            var previous = entries.get(parsed(key));
            var effect = previous == null || previous.value() == null
                    ? "It is left out"
                    : "What it said before stays in force";
            var meta = object.getMetadata();
            var name = new ObjectKey(orEmpty(meta.getNamespace()), orEmpty(meta.getName()));
            var problem = Problem.unreadable(object.getKind(), name, orEmpty(meta.getUid()), e, effect);
            if (problems.put(key, problem) == null) {
                failed.of(key, Optional.of(e));
            }
            return previous == null ? null : previous.value();
        }
    }

    @Override
    public @Nullable T remove(String key) {
        if (guard != null && guard.holds(key)) {
            return get(key);
        }
        return skeleton(parsed(key), forget(key));
    }

    private @Nullable Entry<R> forget(String key) {
        var previous = entries.remove(parsed(key));
        if (problems.remove(key) != null) {
            failed.of(key, Optional.empty());
        }
        if (previous != null) {
            changed.from(previous.value(), null);
        }
        return previous;
    }

    @Override
    public Stream<String> keySet() {
        return entries.keySet().stream().map(ObjectKey::toString);
    }

    @Override
    public Stream<T> values() {
        if (guard != null) {
            guard.relisted();
        }
        return entries.entrySet().stream().flatMap(e -> Stream.ofNullable(skeleton(e.getKey(), e.getValue())));
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public @Nullable T get(String key) {
        var own = parsed(key);
        return skeleton(own, entries.get(own));
    }

    /** No: an add must be handled while the object is whole. */
    @Override
    public boolean isFullState() {
        return false;
    }

    private @Nullable T skeleton(ObjectKey key, @Nullable Entry<R> entry) {
        if (entry == null) {
            return null;
        }
        var object = empty.get();
        var meta = new ObjectMeta();
        meta.setNamespace(key.namespace().isEmpty() ? null : key.namespace());
        meta.setName(key.name());
        meta.setResourceVersion(entry.resourceVersion());
        object.setMetadata(meta);
        return object;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
