package dev.adit.kube.files;

import dev.adit.kube.kind.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds fields that an object cannot have: the API server warns of them, a folder has only us to do so. */
final class KnownFields {
    /**
     * A field that does not exist.
     *
     * @param path mapping keys as text, list positions as Integer
     * @param known those that exist beside it
     */
    record Unknown(List<Object> path, List<String> known) {
        String field() {
            var text = new StringBuilder();
            for (var step : path) {
                text.append(step instanceof Integer ? "[" + step + "]" : (text.isEmpty() ? "" : ".") + step);
            }
            return text.toString();
        }
    }

    // Each is a line of the log; who has so many has written something else altogether.
    private static final int ENOUGH = 20;

    private KnownFields() {}

    /** Those of an object that are not in a shape. */
    static List<Unknown> unknown(Shape.Fields object, Map<?, ?> content) {
        var found = new ArrayList<Unknown>();
        look(content, object, List.of(), found);
        return found;
    }

    private static void look(Object value, Shape shape, List<Object> place, List<Unknown> found) {
        if (shape instanceof Shape.Fields(var fields) && value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> {
                var path = join(place, String.valueOf(key));
                var known = fields.get(String.valueOf(key));
                if (known == null && found.size() < ENOUGH) {
                    found.add(new Unknown(path, List.copyOf(new TreeSet<>(fields.keySet()))));
                } else if (known != null && below != null) {
                    look(below, known, path, found);
                }
            });
        } else if (shape instanceof Shape.Sequence(var element) && value instanceof List<?> list) {
            for (var i = 0; i < list.size(); i++) {
                if (list.get(i) != null) {
                    look(list.get(i), element, join(place, i), found);
                }
            }
        }
    }

    /** A place, and a step further. */
    static List<Object> join(List<Object> place, Object last) {
        var joined = new ArrayList<>(place);
        joined.add(last);
        return joined;
    }
}
