package dev.adit.kube.kind;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which fields an object can have. */
public sealed interface Shape {
    /** A value that is not looked into. */
    record Any() implements Shape {}

    /** A mapping with these fields, and no others. */
    record Fields(Map<String, Shape> fields) implements Shape {
        public Fields {
            fields = Collections.unmodifiableMap(fields);
        }

        Fields and(String name, Shape shape) {
            var all = new HashMap<>(fields);
            all.put(name, shape);
            return new Fields(all);
        }
    }

    /** A list of elements, all of one shape. */
    record Sequence(Shape element) implements Shape {}

    /** A mapping whose values are not looked into; {@link Fields#and} adds others. */
    static Fields of(String... names) {
        return new Fields(Arrays.stream(names).collect(Collectors.toMap(Function.identity(), _ -> new Any())));
    }

    /** A whole object of the API with this {@code spec}. */
    static Fields object(Shape spec) {
        return of("apiVersion", "kind", "metadata", "status").and("spec", spec);
    }
}
