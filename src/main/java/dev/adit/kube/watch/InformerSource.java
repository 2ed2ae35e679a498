package dev.adit.kube.watch;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Namespace;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import dev.adit.kube.api.ApiObject;
import dev.adit.kube.api.IngressClassObject;
import dev.adit.kube.api.PodObject;
import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.ServedKinds;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SourceException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows the Kubernetes API by one informer for each kind; their stores together are the snapshot. */
public final class InformerSource implements SnapshotSource {
    private static final Logger LOG = Logger.getLogger(InformerSource.class);

    /** What a watch may deliver: the objects of every kind, and the Status that ends one. */
    public static List<Class<? extends KubernetesResource>> wireTypes() {
        return Stream.concat(ServedKinds.ALL.stream().map(ServedKind::wire), Stream.of(PodObject.class, Status.class))
                .toList();
    }

    private final KubernetesClient client;
    private final ConnectionFailures connectionFailures;
    private final WatchScope scope;
    private final Predicate<SourceException> refused;
    private final List<FollowedKind<?>> kinds = new CopyOnWriteArrayList<>();
    private final List<RecordStore<?, KubeObject>> items = new CopyOnWriteArrayList<>();
    private final List<RecordStore<?, String>> nodes = new ArrayList<>();
    private final Map<Kind<?>, RecordStore<?, KubeObject>> stores = new ConcurrentHashMap<>();
    // Of one object each, which lies outside of what is followed of its kind.
    private final Map<Kind<?>, RecordStore<?, KubeObject>> apart = new ConcurrentHashMap<>();
    private final ChangeIndex index = new ChangeIndex();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, task -> Thread.ofPlatform().daemon().name("adit-relist").unstarted(task));
    private volatile Runnable changed = () -> {};
    private volatile boolean closed;
    private volatile boolean hasSynced;
    private final Set<String> excused = ConcurrentHashMap.newKeySet();
    private final OptionalKinds optional;

    /**
     * @param connectionFailures those of the client
     * @param refused told when the API server does not let us read what we must; whether to go on trying
     */
    public InformerSource(
            KubernetesClient client,
            ConnectionFailures connectionFailures,
            WatchScope scope,
            Predicate<SourceException> refused) {
        this.client = client;
        this.connectionFailures = connectionFailures;
        this.scope = scope;
        this.refused = refused;
        var all = ServedKinds.ALL.stream()
                .filter(ServedKind::isOptional)
                // Of one namespace it needs no label to know whose routes may attach.
                .filter(served ->
                        served.kind() != Namespace.KIND || scope.namespace().isEmpty())
                .toList();
        this.optional = new OptionalKinds(all, this::exists, this::followWhileThere, this::synced, timer);
    }

    @Override
    public void start(Runnable changed) {
        this.changed = changed;
        for (var served : ServedKinds.ALL) {
            if (!served.isOptional() && (served.kind() != Secret.KIND || scope.secrets())) {
                follow(served, failures(served.kind().name()));
            }
        }
        if (scope.watchesServiceApart()) {
            scope.publishService().ifPresent(key -> follow(ServedKinds.of(Service.KIND), key));
        }
        scope.configMapApart().ifPresent(key -> follow(ServedKinds.of(ConfigMap.KIND), key));
        scope.podsIn().ifPresent(namespace -> {
            var pods = client.resources(PodObject.class).inNamespace(namespace);
            var own = pods.withLabel(WatchScope.POD_LABEL, WatchScope.POD_LABEL_VALUE);
            var page = new PageSize();
            var guard = RelistGuard.of("Pod", own, page, timer);
            var store = store("Pod", PodObject::new, InformerSource::nodeAddress, (_, _) -> index.other(), guard);
            nodes.add(store);
            var _ = follow("Pod", own, store, page, failures("Pod"));
        });
        kinds.forEach(kind -> kind.start(this::synced));
        optional.start();
        new HistoryCheck(
                        this::revision,
                        connectionFailures::count,
                        connectionFailures::ends,
                        kinds,
                        System::nanoTime,
                        timer)
                .start();
    }

    private String revision() {
        var one = new ListOptionsBuilder().withLimit(1L).build();
        return client.resources(IngressClassObject.class)
                .list(one)
                .getMetadata()
                .getResourceVersion();
    }

    /** Whatever was found so far was not looked at. */
    private void synced() {
        index.other();
        changed.run();
    }

    @Override
    public boolean isSynced() {
        // Once it was, a kind that comes later is read while all others go on being served.
        hasSynced |= optional.isKnown()
                && !kinds.isEmpty()
                && kinds.stream().allMatch(kind -> kind.hasSynced() || excused.contains(kind.name()));
        return hasSynced;
    }

    @Override
    public KubeSnapshot snapshot() {
        return KubeSnapshot.of(
                items.stream().flatMap(RecordStore::records),
                nodes.stream().flatMap(RecordStore::records).collect(Collectors.toUnmodifiableSet()),
                items.stream().flatMap(RecordStore::problems).toList());
    }

    @Override
    public Changes takeChanges() {
        return index.take();
    }

    @Override
    public List<EndpointSlice> slicesOf(ObjectKey service) {
        return index.of(service);
    }

    @Override
    public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return Stream.of(stores, apart)
                .flatMap(kinds -> Stream.ofNullable(kinds.get(kind)))
                .flatMap(store -> store.one(key).stream())
                .findFirst()
                .map(kind::cast);
    }

    /** Without a snapshot of every kind, and by any thread. */
    @Override
    public <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        var store = stores.get(kind);
        return store == null ? Stream.empty() : store.records().map(kind::cast);
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        kinds.forEach(FollowedKind::stop);
    }

    private <W extends ApiObject> FollowedKind<W> follow(ServedKind<W, ?> served, ExceptionHandler failures) {
        var resources = in(served.place(), client.resources(served.wire()));
        var watched = served.only().isEmpty() ? resources : resources.withFields(served.only());
        var followed = follow(served.kind().name(), served, watched, failures);
        stores.put(served.kind(), items.getLast());
        return followed;
    }

    private WatchFailures failures(String name) {
        return new WatchFailures(name, refused, () -> closed);
    }

    private boolean exists(ServedKind<?, ?> served) {
        var kind = served.sign().orElse(served.kind());
        return ApiResources.names(client, kind.apiVersion()).contains(kind.plural());
    }

    private Runnable followWhileThere(ServedKind<?, ?> served, ExceptionHandler failures) {
        var followed = follow(served, (isStarted, failure) -> {
            // What can be done without keeps nobody waiting.
            excused.add(served.kind().name());
            synced();
            return !closed && failures.retryAfterException(isStarted, failure);
        });
        followed.start(this::synced);
        return () -> {
            followed.stop();
            kinds.remove(followed);
            var store = stores.remove(served.kind());
            items.remove(store);
            synced();
        };
    }

    private <W extends ApiObject> void follow(ServedKind<W, ?> served, ObjectKey one) {
        var resource =
                client.resources(served.wire()).inNamespace(one.namespace()).withName(one.name());
        var name = served.kind() + " " + one;
        var _ = follow(name, served, resource, failures(name));
        apart.put(served.kind(), items.getLast());
    }

    private <W extends ApiObject> FilterWatchListDeletable<W, ?, ?> in(
            ServedKind.Place place, MixedOperation<W, ?, ?> resources) {
        return switch (place) {
            case CLUSTER -> resources;
            case WATCHED ->
                scope.namespace().isPresent()
                        ? resources.inNamespace(scope.namespace().get())
                        : resources.inAnyNamespace();
            case OWN -> resources.inNamespace(scope.configMapsIn());
        };
    }

    private <W extends ApiObject> FollowedKind<W> follow(
            String name, ServedKind<W, ?> served, Informable<W> resources, ExceptionHandler failures) {
        var page = new PageSize();
        var guard = RelistGuard.of(name, resources, page, timer);
        var store = store(name, served.empty(), served::read, index::object, guard);
        items.add(store);
        return follow(name, resources, store, page, failures);
    }

    private <T extends HasMetadata, R> RecordStore<T, R> store(
            String name,
            Supplier<T> empty,
            Function<T, Optional<R>> convert,
            RecordStore.Change<R> noted,
            @Nullable RelistGuard guard) {
        return new RecordStore<>(
                convert,
                empty,
                (previous, current) -> {
                    noted.from(previous, current);
                    changed.run();
                },
                (key, cause) -> unreadable(name, key, cause),
                guard);
    }

    private <T extends HasMetadata> FollowedKind<T> follow(
            String name, Informable<T> resources, RecordStore<T, ?> store, PageSize page, ExceptionHandler failures) {
        var followed = new FollowedKind<>(name, resources, store, page, failures, timer);
        kinds.add(followed);
        return followed;
    }

    /** Problems are told with a look at everything. What lacked memory, maybe by chance, is read once more. */
    private void unreadable(String kind, String key, Optional<Throwable> cause) {
        cause.ifPresent(failure -> LOG.errorf(failure, "%s %s cannot be read", kind, key));
        if (cause.isPresent() && cause.get() instanceof OutOfMemoryError) {
            kinds.stream().filter(followed -> followed.name().equals(kind)).forEach(FollowedKind::againLater);
        }
        index.other();
        changed.run();
    }

    private static Optional<String> nodeAddress(PodObject pod) {
        var status = pod.status();
        if (status == null || status.conditions() == null) {
            return Optional.empty();
        }
        var ready = status.conditions().stream().anyMatch(c -> "Ready".equals(c.type()) && "True".equals(c.status()));
        return ready ? Optional.ofNullable(status.hostIP()) : Optional.empty();
    }
}
