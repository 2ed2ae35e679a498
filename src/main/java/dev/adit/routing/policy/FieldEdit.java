package dev.adit.routing.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * What happens to the fields of a message: first some are removed, then some get one value in place of all others, then
 * some get one more value.
 */
public record FieldEdit(List<FieldName> remove, List<Field> set, List<Field> add) {
    public FieldEdit {
        remove = List.copyOf(remove);
        set = List.copyOf(set);
        add = List.copyOf(add);
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return remove.isEmpty() && set.isEmpty() && add.isEmpty();
    }

    /** Both edits, the other one after this. */
    public FieldEdit and(FieldEdit other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new FieldEdit(
                both(remove, other.remove), both(left(set, other), other.set), both(left(add, other), other.add));
    }

    /** Those that the other one neither removes nor sets. */
    private static List<Field> left(List<Field> fields, FieldEdit other) {
        return fields.stream()
                .filter(field -> !other.remove.contains(field.name())
                        && other.set.stream().noneMatch(set -> set.name().equals(field.name())))
                .toList();
    }

    private static <T> List<T> both(List<T> one, List<T> two) {
        return Stream.concat(one.stream(), two.stream()).toList();
    }

    /** One field line. */
    public record Field(FieldName name, FieldValue value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }
}
