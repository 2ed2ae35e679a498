package dev.adit.routing.policy;

import java.util.List;

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

    /** One field line. */
    public record Field(FieldName name, FieldValue value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }
}
