package dev.adit.kube;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which objects were looked at while another one was read, whether they were there or not. That is all the other one
 * depends on: a change of anything else cannot change what it means. Of one thread.
 */
public final class Looks {
    private final Map<ObjectRef, Set<ObjectRef>> byReader = new HashMap<>();
    private final Set<ObjectRef> general = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private Set<ObjectRef> current = general;

    /** A view that notes each look at one object. All objects of a kind, and slices, are not noted. */
    public Objects over(Objects objects) {
        return new ObjectsOver(objects) {
            @Override
            public <T extends KubeObject> Optional<T> find(Kind<T> kind, ObjectKey key) {
                var found = super.find(kind, key);
                // By the object's own key where there is one, so that there are not two of them.
                current.add(kind.ref(found.map(KubeObject::key).orElse(key)));
                return found;
            }
        };
    }

    /** The looks that follow are made for this object, in addition to those that were before. */
    public void begin(ObjectRef reader) {
        current = byReader.computeIfAbsent(reader, _ -> new HashSet<>(4));
    }

    /** The looks that follow concern everything. */
    public void end() {
        current = general;
    }

    /** Takes note of a host, in the form of routes: whose it is, all objects say together. */
    public void name(String host) {
        names.add(host);
    }

    /** The hosts that concern everything. */
    public Set<String> names() {
        return names;
    }

    /** Those that were made for one object. */
    public Set<ObjectRef> of(ObjectRef reader) {
        return byReader.getOrDefault(reader, Set.of());
    }

    /** Those that concern everything. */
    public Set<ObjectRef> general() {
        return general;
    }

    /** The objects of one kind that were looked at, for whomever. */
    public Stream<ObjectKey> at(Kind<?> kind) {
        return Stream.concat(Stream.of(general), byReader.values().stream())
                .flatMap(Set::stream)
                .filter(ref -> ref.kind() == kind)
                .map(ObjectRef::key)
                .distinct();
    }
}
