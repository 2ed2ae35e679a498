package dev.adit.kube.watch;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.ServedKinds;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.supervision.Supervised;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads by name the Secrets and ConfigMaps that are referred to and that the source does not bring: all Secrets where none
 * may be listed, else those of another type than kubernetes.io/tls, and the ConfigMaps of other namespaces than the
 * controller's. A change of one is seen within {@link #AGAIN}.
 */
public final class ReferencedObjects implements SnapshotSource {
    private static final Logger LOG = Logger.getLogger(ReferencedObjects.class);
    private static final Duration AGAIN = Duration.ofSeconds(60);
    // There are few of them.
    private static final Duration CONFIG_MAP_AGAIN = Duration.ofSeconds(30);
    // Of what is not there, after the first look; then twice as long each time.
    private static final Duration FIRST_AGAIN = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 8;

    private final SnapshotSource source;
    private final KubernetesClient client;
    private final Function<Kind<?>, Set<ObjectKey>> references;
    private final Map<ObjectRef, Entry> entries = new HashMap<>();
    private final Supervised thread = new Supervised("adit-references", this::turn);
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private volatile Runnable changed = () -> {};
    private final Duration patience;
    private volatile boolean complete;
    private long awaitedSince;
    private Set<ObjectRef> seen = new HashSet<>();

    /** One that is asked for, whether the API server has said what it is, and when to ask again ({@link System#nanoTime}). */
    private record Entry(Optional<KubeObject> object, boolean isRead, long due, Duration pause) {
        static Entry begun() {
            return new Entry(Optional.empty(), false, System.nanoTime(), FIRST_AGAIN);
        }

        /** What the API server has said. Whoever has just written a reference is about to make what it is to. */
        Entry read(Optional<KubeObject> found) {
            var longest = found.filter(ConfigMap.class::isInstance).isPresent() ? CONFIG_MAP_AGAIN : AGAIN;
            var wait = found.isPresent() ? longest : pause;
            var doubled = pause.multipliedBy(2);
            var next = found.isPresent() ? FIRST_AGAIN : doubled.compareTo(AGAIN) > 0 ? AGAIN : doubled;
            return new Entry(found, true, System.nanoTime() + wait.toNanos(), next);
        }

        /** The same, with another look after a time. */
        Entry again(boolean isKnown, Duration wait) {
            return new Entry(object, isKnown, System.nanoTime() + wait.toNanos(), pause);
        }

        /** The object, or what stands for it until it has been read; empty where there is none. */
        Optional<? extends KubeObject> read(ObjectRef ref) {
            return isRead ? object : ServedKinds.of(ref.kind()).unread().map(unread -> unread.apply(ref.key()));
        }
    }

    /**
     * Adds to a source.
     *
     * @param references the objects of a kind that matter
     */
    public ReferencedObjects(
            SnapshotSource source, KubernetesClient client, Function<Kind<?>, Set<ObjectKey>> references) {
        this(source, client, references, PATIENCE);
    }

    ReferencedObjects(
            SnapshotSource source,
            KubernetesClient client,
            Function<Kind<?>, Set<ObjectKey>> references,
            Duration patience) {
        this.patience = patience;
        this.source = source;
        this.client = client;
        this.references = references;
    }

    @Override
    public void start(Runnable changed) {
        this.changed = changed;
        thread.start();
        source.start(changed);
    }

    @Override
    public boolean isSynced() {
        return source.isSynced();
    }

    /**
     * Until the first of them are there: else hosts would be served with the default certificate for a moment. But neither
     * one that cannot be read nor a great many keep all others waiting.
     */
    @Override
    public synchronized boolean isAwaiting() {
        if (!complete) {
            awaitedSince = awaitedSince == 0 ? System.nanoTime() : awaitedSince;
            complete = isOverdue() || entries.values().stream().allMatch(Entry::isRead);
        }
        return !complete;
    }

    private synchronized boolean isOverdue() {
        return awaitedSince != 0 && System.nanoTime() - awaitedSince > patience.toNanos();
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive() && source.isAlive();
    }

    @Override
    public KubeSnapshot snapshot() {
        var snapshot = source.snapshot();
        follow(snapshot);
        var read = new ArrayList<KubeObject>();
        synchronized (this) {
            entries.forEach((ref, entry) -> entry.read(ref).ifPresent(read::add));
        }
        return snapshot.with(read);
    }

    @Override
    public synchronized Changes takeChanges() {
        var changes = source.takeChanges();
        if (seen.isEmpty()) {
            return changes;
        }
        var own = new Changes.Named(seen, Set.of());
        seen = new HashSet<>(); // as in ChangeIndex: one that held all of them is slow for ever
        return changes.and(own);
    }

    @Override
    public List<EndpointSlice> slicesOf(ObjectKey service) {
        return source.slicesOf(service);
    }

    @Override
    public <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return isByName(kind) ? snapshot().all(kind) : source.all(kind);
    }

    @Override
    public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        var watched = source.find(kind, key);
        return watched.isPresent() || !isByName(kind)
                ? watched
                : referred(kind.ref(key)).map(kind::cast);
    }

    private static boolean isByName(Kind<?> kind) {
        return ServedKinds.BY_NAME.stream().anyMatch(served -> served.kind() == kind);
    }

    /** One that is not there yet is asked for. */
    private synchronized Optional<? extends KubeObject> referred(ObjectRef ref) {
        if (!ref.key().canExist()) {
            return Optional.empty();
        }
        var entry = entries.get(ref);
        if (entry == null) {
            entry = Entry.begun();
            entries.put(ref, entry);
            notifyAll();
        }
        return entry.read(ref);
    }

    @Override
    public void close() {
        thread.close();
        readers.shutdownNow();
        source.close();
    }

    /** Asks for what is new among the references, and forgets what nobody refers to any more. */
    private synchronized void follow(KubeSnapshot snapshot) {
        // Whoever writes an Ingress chooses the names: one that no object can have is a part of a URL, and is not asked
        // for.
        var wanted = ServedKinds.BY_NAME.stream()
                .map(ServedKind::kind)
                .flatMap(kind -> references.apply(kind).stream()
                        .filter(key ->
                                key.canExist() && snapshot.find(kind, key).isEmpty())
                        .map(kind::ref))
                .collect(Collectors.toSet());
        entries.keySet().retainAll(wanted);
        for (var ref : wanted) {
            if (!entries.containsKey(ref)) {
                entries.put(ref, Entry.begun());
                notifyAll();
            }
        }
    }

    private void turn() throws InterruptedException {
        for (var ref : due()) {
            permits.acquire();
            try {
                readers.execute(() -> {
                    try {
                        read(ref);
                    } finally {
                        permits.release();
                    }
                });
            } catch (Throwable e) {
                permits.release();
                throw e;
            }
        }
        if (!complete && isOverdue()) {
            changed.run();
            TimeUnit.SECONDS.sleep(1); // somebody looks at it meanwhile
        }
    }

    /** Waits until there are some, or until nobody waits for them any longer. */
    private synchronized List<ObjectRef> due() throws InterruptedException {
        var due = dueNow();
        while (due.isEmpty() && (complete || !isOverdue())) {
            var now = System.nanoTime();
            var next = entries.values().stream().mapToLong(e -> e.due() - now).min();
            var longest = (complete ? AGAIN : patience).toMillis();
            wait(Math.clamp(next.orElse(Long.MAX_VALUE) / 1_000_000 + 1, 1, longest));
            due = dueNow();
        }
        return due;
    }

    /** Of no namespace more than its share at once. */
    private List<ObjectRef> dueNow() {
        var now = System.nanoTime();
        var shares = new HashMap<String, Integer>();
        var due = entries.entrySet().stream()
                .filter(e -> e.getValue().due() - now <= 0)
                .map(Map.Entry::getKey)
                .filter(ref -> shares.merge(ref.key().namespace(), 1, Integer::sum) <= AT_ONCE)
                .toList();
        // Until the answer is there nobody asks for it again.
        due.forEach(ref -> entries.computeIfPresent(ref, (_, e) -> e.again(e.isRead(), AGAIN)));
        return due;
    }

    /**
     * Reads one object by its name; empty where there is none, or none that has a part in routing.
     *
     * @throws KubernetesClientException where it cannot be read
     */
    public static Optional<KubeObject> get(KubernetesClient client, ObjectRef ref) {
        var served = ServedKinds.of(ref.kind());
        var resource = client.resources(served.wire())
                .inNamespace(ref.key().namespace())
                .withName(ref.key().name());
        return Optional.ofNullable(resource.get()).flatMap(served::read);
    }

    private void read(ObjectRef ref) {
        Optional<KubeObject> object;
        try {
            object = get(client, ref);
        } catch (Throwable e) {
            failed(ref, e);
            return;
        }
        var before = entry(ref);
        if (before != null) {
            store(ref, before.read(object));
        }
    }

    /** What was read before stays; where nobody may read it, waiting would not help. */
    private void failed(ObjectRef ref, Throwable reason) {
        var refused = reason instanceof KubernetesClientException e && e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        var message = reason instanceof KubernetesClientException ? reason.getMessage() : reason.toString();
        LOG.warnf("Cannot read %s %s: %s. Trying again", ref.kind(), ref.key(), message);
        var before = entry(ref);
        if (before != null) {
            var pause = refused ? AGAIN : AFTER_FAILURE;
            store(ref, before.again(before.isRead() || refused, pause));
        }
    }

    /** Null where nobody refers to it any more. */
    private synchronized @Nullable Entry entry(ObjectRef ref) {
        return entries.get(ref);
    }

    private void store(ObjectRef ref, Entry entry) {
        synchronized (this) {
            var before = entries.get(ref);
            if (before == null) {
                return; // nobody refers to it any more
            }
            entries.put(ref, entry);
            if (before.isRead() == entry.isRead() && before.object().equals(entry.object())) {
                return;
            }
            seen.add(ref);
        }
        changed.run();
    }
}
