package dev.adit.kube;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All objects that routing depends on, as they were at one moment.
 *
 * @param objects by kind and key; all but EndpointSlices
 * @param slices by the Service they belong to
 * @param nodeAddresses where the pods of this controller can be reached on their nodes
 * @param problems what the source itself could not read
 */
public record KubeSnapshot(
        Map<Kind<?>, Map<ObjectKey, KubeObject>> objects,
        Map<ObjectKey, List<EndpointSlice>> slices,
        Set<String> nodeAddresses,
        List<Problem> problems)
        implements Objects {

    public static final KubeSnapshot EMPTY = new KubeSnapshot(Map.of(), Map.of(), Set.of(), List.of());

    public KubeSnapshot {
        // Not copied: whoever makes a snapshot keeps none of these, and there are tens of thousands of entries.
        objects = Collections.unmodifiableMap(objects);
        slices = Collections.unmodifiableMap(slices);
        nodeAddresses = Set.copyOf(nodeAddresses);
        problems = List.copyOf(problems);
    }

    /** Sorts objects of all kinds into a snapshot; of two with the same key the later one stays. */
    public static KubeSnapshot of(Stream<? extends KubeObject> all, Set<String> nodeAddresses, List<Problem> problems) {
        var objects = new HashMap<Kind<?>, Map<ObjectKey, KubeObject>>();
        var slices = new HashMap<ObjectKey, List<EndpointSlice>>();
        all.forEach(object -> {
            if (object instanceof EndpointSlice slice) {
                var same = slices.computeIfAbsent(slice.service(), _ -> new ArrayList<>());
                same.removeIf(other -> other.key().equals(slice.key()));
                same.add(slice);
            } else {
                objects.computeIfAbsent(object.kind(), _ -> new HashMap<>()).put(object.key(), object);
            }
        });
        return new KubeSnapshot(objects, slices, nodeAddresses, problems);
    }

    /** The same with these objects, in place of those that have their names. */
    public KubeSnapshot with(Collection<? extends KubeObject> others) {
        if (others.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(objects);
        var copied = new HashMap<Kind<?>, Map<ObjectKey, KubeObject>>();
        for (var other : others) {
            copied.computeIfAbsent(other.kind(), kind -> new HashMap<>(all.getOrDefault(kind, Map.of())))
                    .put(other.key(), other);
        }
        all.putAll(copied);
        return new KubeSnapshot(all, slices, nodeAddresses, problems);
    }

    /** The same without all objects of some kinds. */
    public KubeSnapshot without(Predicate<Kind<?>> kinds) {
        var others = new HashMap<>(objects);
        others.keySet().removeIf(kinds);
        return new KubeSnapshot(others, slices, nodeAddresses, problems);
    }

    /** The same with these slices, in place of those of the same Services. */
    public KubeSnapshot withSlices(Map<ObjectKey, List<EndpointSlice>> others) {
        if (others.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(slices);
        all.putAll(others);
        return new KubeSnapshot(objects, all, nodeAddresses, problems);
    }

    /** Only the objects that are looked at with all others. */
    public KubeSnapshot general() {
        var general = without(kind -> !kind.isGeneral());
        return new KubeSnapshot(general.objects, Map.of(), nodeAddresses, problems);
    }

    /** All objects of all kinds. */
    public Stream<KubeObject> items() {
        return Stream.concat(
                objects.values().stream().flatMap(some -> some.values().stream()),
                slices.values().stream().flatMap(List::stream));
    }

    @Override
    public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
        return Optional.ofNullable(of(kind).get(key)).map(kind::cast);
    }

    @Override
    public <T extends KubeObject> Stream<T> all(Kind<T> kind) {
        return kind == EndpointSlice.KIND
                ? slices.values().stream().flatMap(List::stream).map(kind::cast)
                : of(kind).values().stream().map(kind::cast);
    }

    /** The keys of all objects of a kind. */
    public Set<ObjectKey> keys(Kind<?> kind) {
        return of(kind).keySet();
    }

    @Override
    public List<EndpointSlice> slicesOf(ObjectKey service) {
        return slices.getOrDefault(service, List.of());
    }

    private Map<ObjectKey, KubeObject> of(Kind<?> kind) {
        return objects.getOrDefault(kind, Map.of());
    }
}
