package dev.adit.kube.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.api.ApiObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What there is to know of one kind.
 *
 * @param wire the JSON fields that are read
 * @param empty makes an object without any
 * @param place where its objects are looked for
 * @param only the field selector that a watch asks with; empty for all objects
 * @param reader empty for an object that has no part in routing
 * @param writer writes what was read, and no private key
 * @param spec the fields that {@code spec} can have, where a folder tells of others
 * @param unread what stands for an object that is referred to and not watched, until it has been got by its name; empty for a
 *     kind whose objects are never got
 * @param sign the kind that an API server has if this one is to be followed: mostly itself, because it is defined by a
 *     CustomResourceDefinition; empty for one that is followed everywhere
 * @param alike other versions in which a file may have an object, with the same fields: an API server converts them
 */
public record ServedKind<W extends ApiObject, T extends KubeObject>(
        Kind<T> kind,
        Class<W> wire,
        Supplier<W> empty,
        Place place,
        Map<String, String> only,
        Function<W, Optional<T>> reader,
        Function<T, ObjectNode> writer,
        Optional<Shape> spec,
        Optional<Function<ObjectKey, T>> unread,
        Optional<Kind<?>> sign,
        Set<String> alike) {

    /** Where objects of a kind are looked for. */
    public enum Place {
        CLUSTER,
        /** All namespaces, or that of {@code --watch-namespace}. */
        WATCHED,
        /** The namespace of the controller. */
        OWN
    }

    static <W extends ApiObject, T extends KubeObject> ServedKind<W, T> of(
            Kind<T> kind,
            Class<W> wire,
            Supplier<W> empty,
            Place place,
            Function<W, Optional<T>> reader,
            Function<T, ObjectNode> writer) {
        return new ServedKind<>(
                kind,
                wire,
                empty,
                place,
                Map.of(),
                reader,
                writer,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    ServedKind<W, T> only(String field, String value) {
        return new ServedKind<>(
                kind, wire, empty, place, Map.of(field, value), reader, writer, spec, unread, sign, alike);
    }

    ServedKind<W, T> knowing(Shape fields) {
        return new ServedKind<>(
                kind, wire, empty, place, only, reader, writer, Optional.of(fields), unread, sign, alike);
    }

    ServedKind<W, T> byName(Function<ObjectKey, T> placeholder) {
        var unreadOne = Optional.of(placeholder);
        return new ServedKind<>(kind, wire, empty, place, only, reader, writer, spec, unreadOne, sign, alike);
    }

    /** In these versions of the group, too. */
    ServedKind<W, T> alike(String... versions) {
        var all = Arrays.stream(versions)
                .map(version -> kind.group() + "/" + version)
                .collect(Collectors.toUnmodifiableSet());
        return new ServedKind<>(kind, wire, empty, place, only, reader, writer, spec, unread, sign, all);
    }

    /** Whether an object with this {@code apiVersion} is one of the kind. */
    public boolean isIn(String apiVersion) {
        return kind.apiVersion().equals(apiVersion) || alike.contains(apiVersion);
    }

    ServedKind<W, T> optional() {
        return followedWith(kind);
    }

    ServedKind<W, T> followedWith(Kind<?> other) {
        return new ServedKind<>(
                kind, wire, empty, place, only, reader, writer, spec, unread, Optional.of(other), alike);
    }

    /** Whether it is followed only where an API server has it, or another kind. */
    public boolean isOptional() {
        return sign.isPresent();
    }

    /** What an object says; empty where it has no part in routing. */
    public Optional<KubeObject> read(HasMetadata object) {
        return reader.apply(wire.cast(object)).map(read -> read);
    }

    /** The object as the API has it, with what of it was read. */
    public ObjectNode write(KubeObject object) {
        return writer.apply(kind.cast(object));
    }
}
