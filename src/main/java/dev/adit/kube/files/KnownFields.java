package dev.adit.kube.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which fields an Ingress and an IngressClass can have: the API server warns of others, a folder has only us to do so. */
final class KnownFields {
    private sealed interface Shape {
        /** Whatever is below is not looked at. */
        record Any() implements Shape {}

        record Mapping(Map<String, Shape> fields) implements Shape {}

        record Sequence(Shape element) implements Shape {}
    }

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

    private static final Shape ANY = new Shape.Any();
    private static final Shape BACKEND = mapping(Map.of(
            "service", mapping(Map.of("name", ANY, "port", mapping(Map.of("name", ANY, "number", ANY)))),
            "resource", mapping(Map.of("apiGroup", ANY, "kind", ANY, "name", ANY))));
    private static final Shape PATH = mapping(Map.of("path", ANY, "pathType", ANY, "backend", BACKEND));
    private static final Shape RULE = mapping(Map.of("host", ANY, "http", mapping(Map.of("paths", list(PATH)))));
    private static final Shape TLS = mapping(Map.of("hosts", ANY, "secretName", ANY));
    private static final Shape INGRESS =
            mapping(Map.of("ingressClassName", ANY, "defaultBackend", BACKEND, "tls", list(TLS), "rules", list(RULE)));
    private static final Shape CLASS = mapping(Map.of(
            "controller",
            ANY,
            "parameters",
            mapping(Map.of("apiGroup", ANY, "kind", ANY, "name", ANY, "namespace", ANY, "scope", ANY))));
    private static final Map<String, Shape> SPECS = Map.of("Ingress", INGRESS, "IngressClass", CLASS);

    private KnownFields() {}

    static List<Unknown> unknown(String kind, Map<?, ?> content) {
        var spec = SPECS.get(kind);
        var found = new ArrayList<Unknown>();
        if (spec != null) {
            var object = mapping(Map.of("apiVersion", ANY, "kind", ANY, "metadata", ANY, "status", ANY, "spec", spec));
            look(content, object, List.of(), found);
        }
        return found;
    }

    private static void look(Object value, Shape shape, List<Object> place, List<Unknown> found) {
        if (shape instanceof Shape.Mapping(var fields) && value instanceof Map<?, ?> map) {
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

    private static Shape mapping(Map<String, Shape> fields) {
        return new Shape.Mapping(fields);
    }

    private static Shape list(Shape element) {
        return new Shape.Sequence(element);
    }

    /** A place, and a step further. */
    static List<Object> join(List<Object> place, Object last) {
        var joined = new ArrayList<>(place);
        joined.add(last);
        return joined;
    }
}
