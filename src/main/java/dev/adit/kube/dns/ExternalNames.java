package dev.adit.kube.dns;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.supervision.Tasks;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives endpoints to the ExternalName Services that are referred to, and asks for them anew when their time is up. What
 * was found stays until something else is found.
 */
public final class ExternalNames implements SnapshotSource {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SnapshotSource source;
    private final Lookup lookup;
    private final Function<KubeSnapshot, Set<ObjectKey>> references;
    private final Duration shortest;
    private final Map<ObjectKey, Entry> entries = new HashMap<>();
    private final Set<ObjectKey> moved = new HashSet<>();
    private volatile Runnable changed = () -> {};
    private volatile boolean complete;
    private boolean isAwaited;
    private final Set<ObjectKey> judged = new HashSet<>();

    /** What is known of a name; and whether there was an answer of any kind. */
    private record Entry(String name, List<String> addresses, Optional<String> failure, boolean isAsked) {}

    /**
     * Adds to a source.
     *
     * @param references the Services that matter
     */
    public ExternalNames(SnapshotSource source, Lookup lookup, Function<KubeSnapshot, Set<ObjectKey>> references) {
        this(source, lookup, references, SHORTEST);
    }

    ExternalNames(
            SnapshotSource source,
            Lookup lookup,
            Function<KubeSnapshot, Set<ObjectKey>> references,
            Duration shortest) {
        this.source = source;
        this.shortest = shortest;
        this.lookup = lookup;
        this.references = references;
    }

    @Override
    public void start(Runnable changed) {
        this.changed = changed;
        source.start(changed);
    }

    /** Not before each name was asked for once; but no name keeps all others waiting for long. */
    @Override
    public boolean isSynced() {
        if (!complete && source.isSynced()) {
            follow(source.snapshot());
            synchronized (this) {
                complete = entries.values().stream().allMatch(Entry::isAsked);
                if (!complete && !isAwaited) {
                    isAwaited = true;
                    lookup.after(PATIENCE, this::waitNoLonger);
                }
            }
        }
        return complete;
    }

    @Override
    public boolean isAwaiting() {
        return source.isAwaiting();
    }

    private void waitNoLonger() {
        complete = true;
        changed.run();
    }

    @Override
    public boolean isAlive() {
        return source.isAlive();
    }

    @Override
    public KubeSnapshot snapshot() {
        var snapshot = source.snapshot();
        follow(snapshot);
        var services = new ArrayList<Service>();
        var slices = new HashMap<ObjectKey, List<EndpointSlice>>();
        synchronized (this) {
            entries.forEach((key, entry) -> {
                snapshot.find(Service.KIND, key).ifPresent(service -> services.add(service.failing(entry.failure())));
                slices.put(key, List.of(slice(key, entry)));
            });
        }
        return snapshot.with(services).withSlices(slices);
    }

    @Override
    public synchronized Changes takeChanges() {
        var changes = source.takeChanges();
        if (!moved.isEmpty()) {
            changes = changes.and(new Changes.Endpoints(Set.copyOf(moved)));
        }
        if (!judged.isEmpty()) {
            changes = changes.and(
                    new Changes.Named(judged.stream().map(Service.KIND::ref).collect(Collectors.toSet()), Set.of()));
        }
        moved.clear();
        judged.clear();
        return changes;
    }

    @Override
    public List<EndpointSlice> slicesOf(ObjectKey service) {
        synchronized (this) {
            var entry = entries.get(service);
            if (entry != null) {
                return List.of(slice(service, entry));
            }
        }
        return source.slicesOf(service);
    }

    @Override
    public <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return kind == Service.KIND ? snapshot().all(kind) : source.all(kind);
    }

    @Override
    public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return kind == Service.KIND ? service(key).map(kind::cast) : source.find(kind, key);
    }

    /** A name that is not known yet is asked for. */
    private Optional<Service> service(ObjectKey key) {
        var service = source.find(Service.KIND, key);
        var name = service.flatMap(Service::external).map(Service.External::name);
        synchronized (this) {
            if (name.isEmpty()) {
                entries.remove(key);
                return service;
            }
            var entry = entries.get(key);
            if (entry == null || !entry.name().equals(name.get())) {
                ask(key, name.get());
                entry = entries.get(key);
            }
            var failure = entry == null ? Optional.<String>empty() : entry.failure();
            return service.map(found -> found.failing(failure));
        }
    }

    private void ask(ObjectKey key, String name) {
        if (!NameSyntax.isName(name)) {
            var reason = Optional.of("is no name of DNS; an address belongs into an EndpointSlice");
            entries.put(key, new Entry(name, List.of(), reason, true));
            judged.add(key);
            return;
        }
        entries.put(key, new Entry(name, List.of(), Optional.empty(), false));
        look(key, name);
    }

    /** Each answer leads to the next question: whatever fails, the name is asked for again. */
    private void look(ObjectKey key, String name) {
        Runnable again = () -> lookup.after(shortest, () -> look(key, name));
        var task = "The lookup of " + name;
        Tasks.guarded(
                        task,
                        () -> lookup.ask(
                                name,
                                answer -> Tasks.guarded(task, () -> answered(key, name, answer), again)
                                        .run()),
                        again)
                .run();
    }

    @Override
    public void close() {
        source.close();
        lookup.close();
    }

    /** Asks for what is new, and forgets what nobody refers to any more. */
    private synchronized void follow(KubeSnapshot snapshot) {
        var names = new HashMap<ObjectKey, String>();
        for (var key : references.apply(snapshot)) {
            snapshot.find(Service.KIND, key)
                    .flatMap(Service::external)
                    .ifPresent(external -> names.put(key, external.name()));
        }
        entries.entrySet().removeIf(e -> !e.getValue().name().equals(names.get(e.getKey())));
        names.forEach((key, name) -> {
            if (!entries.containsKey(key)) {
                ask(key, name);
            }
        });
    }

    private void answered(ObjectKey key, String name, Lookup.Answer answer) {
        synchronized (this) {
            var before = entries.get(key);
            if (before == null || !before.name().equals(name)) {
                return; // nobody refers to it any more
            }
            var now = entry(before, answer);
            entries.put(key, now);
            if (!before.addresses().equals(now.addresses())) {
                moved.add(key);
            }
            if (!before.failure().equals(now.failure())) {
                judged.add(key);
            }
            lookup.after(pause(answer), () -> look(key, name));
            if (before.equals(now)) {
                return;
            }
        }
        changed.run();
    }

    private static Entry entry(Entry before, Lookup.Answer answer) {
        return switch (answer) {
            case Lookup.Answer.Failure(var reason) ->
                new Entry(before.name(), before.addresses(), Optional.of("cannot be resolved: " + reason), true);
            case Lookup.Answer.Addresses found -> {
                var addresses = found.addresses();
                var usable = addresses.stream()
                        .filter(ExternalNames::isElsewhere)
                        .map(InetAddress::getHostAddress)
                        .distinct()
                        .sorted()
                        .toList();
                var refused = usable.isEmpty()
                        ? Optional.of("leads to this machine itself or its link ("
                                + addresses.getFirst().getHostAddress() + "), which is refused")
                        : Optional.<String>empty();
                yield new Entry(before.name(), usable, refused, true);
            }
        };
    }

    /** Whoever may write a Service must not reach what listens on this machine alone, nor a cloud's metadata. */
    private static boolean isElsewhere(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }

    private Duration pause(Lookup.Answer answer) {
        if (!(answer instanceof Lookup.Answer.Addresses found) || found.ttl().compareTo(shortest) < 0) {
            return shortest;
        }
        return found.ttl().compareTo(LONGEST) < 0 ? found.ttl() : LONGEST;
    }

    private static EndpointSlice slice(ObjectKey service, Entry entry) {
        var endpoints = entry.addresses().stream()
                .map(address ->
                        new EndpointSlice.Endpoint(List.of(address), EndpointSlice.Condition.READY, Set.of(), Set.of()))
                .toList();
        return new EndpointSlice(service, service, List.of(EndpointSlice.Port.UNRESTRICTED), endpoints);
    }
}
