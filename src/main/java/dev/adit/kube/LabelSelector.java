package dev.adit.kube;

import java.util.List;
import java.util.Map;

/** A meta/v1 LabelSelector: all of its requirements have to hold, and one without any takes everything. */
public record LabelSelector(Map<String, String> labels, List<Requirement> expressions) {
    public LabelSelector {
        labels = Map.copyOf(labels);
        expressions = List.copyOf(expressions);
    }

    /**
     * One of {@code matchExpressions}.
     *
     * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}; by another one nothing is taken
     */
    public record Requirement(String key, String operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }

        private boolean takes(Map<String, String> given) {
            var value = given.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default -> false;
            };
        }
    }

    /** Whether an object with these labels is meant. */
    public boolean takes(Map<String, String> given) {
        return given.entrySet().containsAll(labels.entrySet())
                && expressions.stream().allMatch(one -> one.takes(given));
    }
}
