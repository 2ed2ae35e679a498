package dev.adit.inquiry;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The head of what was answered.
 *
 * @param fields the values of each field, by its name in lower case
 */
public record Reply(int status, Map<String, List<String>> fields) {
    /** Of a field; none where it was not there. */
    public List<String> values(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** Roughly, in characters. */
    int size() {
        return fields.entrySet().stream()
                .mapToInt(field -> field.getKey().length()
                        + field.getValue().stream().mapToInt(String::length).sum())
                .sum();
    }
}
